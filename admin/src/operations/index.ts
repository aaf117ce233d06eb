import { lazyPage } from '#lazy/lazy-page.tsx';

/** The write path: queues, tables and switches, live. Not a list of records, so it has one page. */
export const operations = {
  name: 'operations',
  options: { label: 'Write path' },
  list: lazyPage(async () => (await import('#operations/operations-page.tsx')).OperationsPage),
};
