const storageKey = 'penstock-staff-name';

/** The self-given name that every write carries. Staff have no accounts: the network is the guard. */
export const readStaffName = (): string => localStorage.getItem(storageKey) ?? '';

/** Keeps a name; a sentence when it is none. */
export const keepStaffName = (name: string): string | undefined => {
  const given = name.trim();
  if (given === '' || given.length > 80) return 'Give a name of 1 to 80 characters.';
  localStorage.setItem(storageKey, given);
  return undefined;
};
