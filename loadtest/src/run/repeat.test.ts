import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Result, resultOf, type Verdict } from '#result';
import { runUntilItCounts, setAside } from '#run/repeat';
import { evidence } from '#testing';

const resultWith = (verdict: Verdict): Result => ({ ...resultOf(evidence(), 0), verdict });

const runs = async (verdicts: readonly Verdict[], { once = false, isInterrupted = false } = {}) => {
  const left = [...verdicts];
  let made = 0;
  const { verdict } = await runUntilItCounts({
    run: async () => {
      made += 1;
      return resultWith(left.shift() ?? 'incorrect');
    },
    setAside: () => 'aside',
    once,
    isInterrupted: () => isInterrupted,
    say: () => undefined,
  });
  return [verdict, made];
};

describe('a run that does not count', () => {
  it('is made once more, and no more than that', async () => {
    expect(await runs(['inconclusive', 'reached'])).toEqual(['reached', 2]);
    expect(await runs(['inconclusive', 'inconclusive', 'reached'])).toEqual(['inconclusive', 2]);
  });

  it('is left as it is when it was interrupted, or when one run is all that is wanted', async () => {
    expect(await runs(['inconclusive'], { isInterrupted: true })).toEqual(['inconclusive', 1]);
    expect(await runs(['inconclusive'], { once: true })).toEqual(['inconclusive', 1]);
  });

  it.each(['reached', 'missed', 'incorrect'] as const)('%s stands at once', async (verdict) => {
    expect(await runs([verdict])).toEqual([verdict, 1]);
  });

  it('keeps its files beside those of the next', () => {
    const folder = mkdtempSync(join(tmpdir(), 'penstock-repeat-'));
    writeFileSync(join(folder, 'result.json'), '{}');
    const place = setAside(folder);
    expect([existsSync(folder), existsSync(join(place, 'result.json'))]).toEqual([false, true]);
    rmSync(place, { recursive: true, force: true });
  });
});
