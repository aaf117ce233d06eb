import { lazy } from 'react';

/** What was done, by whom and why. */
export const activity = {
  name: 'activity',
  options: { label: 'Activity' },
  list: lazy(async () => ({ default: (await import('#activity/activity-list.tsx')).ActivityList })),
};
