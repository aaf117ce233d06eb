import { lazy } from 'react';

/** Dead letters: accepted writes that could not be worked. They are sent again or discarded, with a reason. */
export const deadLetters = {
  name: 'dead-letters',
  options: { label: 'Dead letters' },
  list: lazy(async () => ({ default: (await import('#dead-letters/dead-letter-list.tsx')).DeadLetterList })),
  show: lazy(async () => ({ default: (await import('#dead-letters/dead-letter-show.tsx')).DeadLetterShow })),
  recordRepresentation: 'number',
};
