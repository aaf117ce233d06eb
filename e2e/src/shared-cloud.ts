import type { TestProject } from 'vitest/node';
import { type RunState, startCloud } from '#cloud';

declare module 'vitest' {
  export interface ProvidedContext {
    cloud: RunState;
  }
}

/** Boots one cloud for a whole project; its capacity lets tests make products and orders without waiting for each other. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const cloud = await startCloud(['--capacity', 'orders=400,baskets=400,products=400']);
  const { child: _child, stop, now: _now, ...state } = cloud;
  project.provide('cloud', state);
  return async () => {
    await stop();
  };
};
