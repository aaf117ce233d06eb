import { staffNameSchema } from '@penstock/domain/staff';
import { writeStaffName } from '#staff-name/staff-name.ts';

/** Keeps a name that the API takes, which looks at it with every write; a sentence when it is none. */
export const keepStaffName = (name: string): string | undefined => {
  const read = staffNameSchema.safeParse(name);
  if (!read.success) return read.error.issues[0]?.message ?? '';
  writeStaffName(read.data);
  return undefined;
};
