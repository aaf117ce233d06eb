import { defineConfig } from 'vitest/config';

const shared = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 90_000 } as const;

/**
 * contract: one cloud for all, entered as the world enters it. faults: each boots its own cloud and breaks it.
 * journeys: a shopper and a member of staff in a real browser.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'contract',
          include: ['test/contract/*.test.ts'],
          globalSetup: ['src/shared-cloud.ts'],
        },
      },
      { test: { ...shared, name: 'faults', include: ['test/faults/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'journeys',
          include: ['test/journeys/*.test.ts'],
          globalSetup: ['src/shared-cloud.ts'],
        },
      },
    ],
  },
});
