import { lazyPage } from '#lazy/lazy-page.tsx';

/** What was done, by whom and why. */
export const activity = {
  name: 'activity',
  options: { label: 'Activity' },
  list: lazyPage(async () => (await import('#activity/activity-list.tsx')).ActivityList),
};
