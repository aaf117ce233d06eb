import { lazy } from 'react';

/** The write path: queues, tables and switches, live. Not a list of records, so it has one page. */
export const operations = {
  name: 'operations',
  options: { label: 'Write path' },
  list: lazy(async () => ({ default: (await import('#operations/operations-page.tsx')).OperationsPage })),
};
