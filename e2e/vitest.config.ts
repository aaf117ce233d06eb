import { defineConfig } from 'vitest/config';

const shared = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 90_000 } as const;
const withSharedCloud = { ...shared, globalSetup: ['src/shared-cloud.ts'] };

/**
 * contract: one cloud for all, entered as the world enters it. faults: each boots its own cloud and breaks it. deep: the
 * breakages that wait out the 90 s visibility of a dead worker (npm run test:deep).
 * journeys: a shopper and a member of staff in a real browser. pages: every page at its widths (npm run test:browser).
 */
export default defineConfig({
  test: {
    projects: [
      { test: { ...withSharedCloud, name: 'contract', include: ['test/contract/*.test.ts'] } },
      { test: { ...shared, name: 'faults', include: ['test/faults/*.test.ts'] } },
      { test: { ...shared, name: 'deep', include: ['test/deep/*.test.ts'] } },
      { test: { ...withSharedCloud, name: 'journeys', include: ['test/journeys/*.test.ts'] } },
      { test: { ...withSharedCloud, name: 'pages', include: ['test/pages/*.test.ts'] } },
    ],
  },
});
