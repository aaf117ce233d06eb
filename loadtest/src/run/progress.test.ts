import { describe, expect, it } from 'vitest';
import { makeProgress } from '#run/progress';
import { record, sample } from '#testing';

const screenAt = (isTTY: boolean) => {
  const said: string[] = [];
  const clock = { nowMs: 0 };
  const progress = makeProgress({ isTTY, write: (text) => said.push(text), now: () => clock.nowMs });
  return { said, clock, progress };
};

describe('what people see of a run', () => {
  it('names the step, what is left of it and of the load, and what waits', () => {
    const { said, clock, progress } = screenAt(true);
    progress.loadBegins(record().plan);
    clock.nowMs = 30_000;
    progress.sampled(sample(30, { waiting: 12 }));
    expect(said.at(-1)).toContain('step 2 of 2, overload 5x  50 s of it, 50 s in all left  12 writes wait');
  });

  it('says one line every ten seconds where there is no terminal', () => {
    const { said, clock, progress } = screenAt(false);
    progress.drainBegins(900);
    for (let second = 0; second <= 20; second += 1) {
      clock.nowMs = second * 1000;
      progress.sampled(sample(second));
    }
    expect(said).toEqual([0, 10, 20].map((second) => `draining  ${second} s, at most 900 s  0 writes wait\n`));
  });

  it('says nothing of samples before the load', () => {
    const { said, progress } = screenAt(true);
    progress.sampled(sample(0));
    expect(said).toEqual([]);
  });
});
