import { lineText } from '#text';

/** The self-given name of whoever writes for staff, as X-Staff-Name brings it. */
export const staffNameSchema = lineText({
  ask: 'Give your name in 1 to 80 characters.',
  called: 'The name',
  max: 80,
});
