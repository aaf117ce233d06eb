import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Cloud, RunState } from '#cloud';

/** The cloud that shared-cloud.ts booted for this project. A test may not stop it. */
export const givenCloud = (): Omit<Cloud, 'stop' | 'child'> => {
  const state = inject('cloud');
  return { ...state, now: () => JSON.parse(readFileSync(join(state.dataDir, 'run.json'), 'utf8')) as RunState };
};
