import { lazyPage } from '#lazy/lazy-page.tsx';

/** Dead letters: accepted writes that could not be worked. They are sent again or discarded, with a reason. */
export const deadLetters = {
  name: 'dead-letters',
  options: { label: 'Dead letters' },
  list: lazyPage(async () => (await import('#dead-letters/dead-letter-list.tsx')).DeadLetterList),
  show: lazyPage(async () => (await import('#dead-letters/dead-letter-show.tsx')).DeadLetterShow),
  recordRepresentation: 'number',
};
