import { describe, expect, it } from 'vitest';
import { allRunning, type Switches } from '#switches';
import { makeWaitEstimate, type WaitEstimateDeps } from '#wait-estimate';

const makeEstimate = (overrides: Partial<WaitEstimateDeps> = {}) => {
  let nowMs = 0;
  let looks = 0;
  const estimate = makeWaitEstimate({
    depth: async () => {
      looks += 1;
      return { visible: 10, inFlight: 20, delayed: 15 };
    },
    leases: { live: async () => [] },
    switches: { read: async () => allRunning },
    capacity: { perSecond: async () => ({ write: 50, read: 500 }) },
    clock: { now: () => nowMs },
    queue: 'baskets',
    ...overrides,
  });
  return {
    estimate,
    pass: (ms: number) => {
      nowMs += ms;
    },
    looks: () => looks,
  };
};

describe('the estimate on its readings', () => {
  it('[B2] counts visible, in flight and delayed messages', async () => {
    expect(await makeEstimate().estimate.read()).toEqual({ kind: 'known', waitMs: 1500 });
  });

  it('keeps a reading for two seconds', async () => {
    const { estimate, pass, looks } = makeEstimate();
    await estimate.read();
    pass(2000);
    await estimate.read();
    expect(looks()).toBe(1);
    pass(1);
    await estimate.read();
    expect(looks()).toBe(2);
  });

  it.each([
    ['missing', async () => Promise.reject(new Error('throttled'))],
    ['late', () => new Promise<never>(() => undefined)],
  ])('[B3] knows nothing when the reading is %s', async (_, live) => {
    const { estimate } = makeEstimate({ leases: { live } });
    expect(await estimate.read()).toEqual({ kind: 'unknown', waitMs: 500 });
  });

  it('[B3] states the last wait for half a minute while there is no new one, and admits', async () => {
    let isAway = false;
    const live = async () => {
      if (isAway) throw new Error('throttled');
      return [];
    };
    const { estimate, pass } = makeEstimate({ leases: { live } });
    await estimate.read();
    isAway = true;
    pass(2001);
    expect(await estimate.read()).toEqual({ kind: 'unknown', waitMs: 1500 });
    pass(28_000);
    expect(await estimate.read()).toEqual({ kind: 'unknown', waitMs: 500 });
  });

  it('[B2] states no wait for a queue whose source is paused', async () => {
    const paused: Switches = { ...allRunning, sourcesPaused: ['fold-baskets'] };
    const { estimate } = makeEstimate({ switches: { read: async () => paused } });
    expect(await estimate.read()).toEqual({ kind: 'paused' });
  });
});
