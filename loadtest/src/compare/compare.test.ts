import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CompareDeps, compare, openPlan } from '#compare/compare';
import { type Comparison, comparisonMarkdown, comparisonText, verdictOf } from '#compare/comparison';
import { intervalOf, intervalText } from '#compare/intervals';
import { comparedRuns } from '#compare/order';
import { comparisonPage } from '#compare/page';
import { type Row, rowOf } from '#compare/row';
import { setBeside } from '#compare/set-beside';
import { resultOf } from '#result';
import { evidence, record, sample } from '#testing';

const counts = { ...evidence().audit.counts, lost: 0 };
const row = (over: Partial<Row> = {}): Row => ({
  seed: 1,
  writePath: 'penstock',
  counts: { ...counts, accepted: 100 },
  unfinished: 0,
  dropped: 0,
  cpu: 0.4,
  values: { 'done share': 1 },
  ...over,
});
const plan = { journey: 'checkout-rush', profile: 'comparison', seeds: [1, 2] } as const;
const comparison = (rows: readonly Row[]): Comparison => ({ schema: 1, ...plan, revision: 'r', machine: 'm', rows });
const whole = comparedRuns(plan.seeds).map((run) => row({ ...run, values: { 'done share': run.seed / 4 } }));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-compare-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs that take so many seconds and leave a row, without a cloud. */
const makeBench = (secondsEach: number, interruptAfter = Number.POSITIVE_INFINITY) => {
  const made = new Map<string, Row>();
  const said: string[] = [];
  let now = 0;
  const deps: CompareDeps = {
    run: async (run, _plan, place) => {
      now += secondsEach * 1000;
      made.set(place, row(run));
    },
    rowOf: (place) => made.get(place),
    isInterrupted: () => made.size >= interruptAfter,
    now: () => now,
    say: (text) => said.push(text),
  };
  return { deps, made, said };
};

describe('the order of a comparison', () => {
  it('makes all paths of a seed before the next, each round beginning with another', () => {
    const order = comparedRuns([1, 2]);
    expect(order.map(({ seed }) => seed)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect([order[0]?.writePath, order[4]?.writePath]).toEqual(['penstock', 'direct']);
    expect(new Set(order.slice(4).map(({ writePath }) => writePath)).size).toBe(4);
  });
});

describe('a comparison', () => {
  it('makes every run once and begins none that would not fit into its time', async () => {
    const { deps, said } = makeBench(130);
    // 130 s a run and 35 + 75 + 20 s for the next: four end after 520 s, a fifth would after 650.
    const rows = await compare(deps, plan, { folder, minutes: 10 });
    expect(rows).toHaveLength(4);
    expect(said.at(-1)).toContain('4 runs are left');
  });

  it('goes on where it was interrupted, with the runs that are missing alone', async () => {
    const first = makeBench(60, 3);
    expect(await compare(first.deps, plan, { folder, minutes: 25 })).toHaveLength(3);
    let begun = 0;
    const rows = await compare(
      {
        ...first.deps,
        isInterrupted: () => false,
        run: async (...args) => {
          begun += 1;
          await first.deps.run(...args);
        },
      },
      plan,
      { folder, minutes: 25 },
    );
    expect([begun, rows.length]).toEqual([5, 8]);
  });

  it('keeps the seeds that its folder was begun with, and refuses another journey', () => {
    openPlan(folder, plan);
    expect(openPlan(folder, { ...plan, seeds: [8, 9] }).seeds).toEqual([1, 2]);
    expect(() => openPlan(folder, { ...plan, journey: 'basket-storm' })).toThrow('checkout-rush');
  });
});

describe('the row of a run', () => {
  const run = { samples: [sample(0), sample(100, { requests: 50, throttled: 10, useful: 30, failed: 10 })] };

  it('counts what still waits as unfinished, not as lost', () => {
    const late = evidence({
      samples: [sample(0), sample(100, { waiting: 2 })],
      record: record({ drainedMs: undefined }),
    });
    const missing = (lost: number) => ({
      ...late,
      audit: { ...late.audit, counts: { ...late.audit.counts, lost }, acceptedOrders: 5 },
    });
    expect(rowOf(missing(2))).toMatchObject({ unfinished: 2, counts: { lost: 0 } });
    expect(rowOf(missing(3))).toMatchObject({ unfinished: 2, counts: { lost: 1 } });
    expect(rowOf({ ...missing(2), record: record() })).toMatchObject({ unfinished: 0, counts: { lost: 2 } });
  });

  it('measures amplification, throttles and use of one run', () => {
    const { values } = rowOf(evidence(run));
    expect(values).toMatchObject({ 'throttled share': 0.2, 'useful share': 0.75, 'requests per write': 50 });
  });
});

describe('the verdict of a comparison', () => {
  it('asks Penstock to be correct, and the others nothing', () => {
    const wrong = { ...counts, accepted: 1, lost: 1 };
    expect(verdictOf(comparison(whole))).toBe('reached');
    const other = whole.map((each) => (each.writePath === 'direct' ? { ...each, counts: wrong } : each));
    expect(verdictOf(comparison(other))).toBe('reached');
    const ours = whole.map((each) => (each.writePath === 'penstock' ? { ...each, counts: wrong } : each));
    expect(verdictOf(comparison(ours))).toBe('incorrect');
  });

  it.each([
    ['a run is missing', whole.slice(1)],
    ['something was left unfinished', whole.map((each) => ({ ...each, unfinished: 1 }))],
    ['the machine was busy', whole.map((each) => ({ ...each, cpu: 0.8 }))],
  ])('is inconclusive when %s', (_why, rows) => {
    expect(verdictOf(comparison(rows))).toBe('inconclusive');
  });
});

describe('the table of a comparison', () => {
  it('gives means with intervals over the seeds, and zeros with their bound', () => {
    const text = comparisonText(comparison(whole));
    expect(text).toMatch(/lost +0 \(< 1\.5e-2\)/);
    expect(text).toMatch(/done share +0\.375 ± 1\.59/);
    expect(comparisonMarkdown(comparison(whole)).split('\n')[0]).toBe(
      '|  | penstock | direct | sdk-default | sdk-adaptive |',
    );
  });

  it('draws a page that fetches nothing, also of no run at all', () => {
    for (const rows of [whole, []]) {
      const page = comparisonPage(comparison(rows));
      expect(page).not.toMatch(/<script|<link|\bsrc=|url\(|NaN|Infinity|undefined/);
      expect(page.match(/<svg[^>]+role="img"/g)).toHaveLength(5);
    }
  });

  it.each([
    [[], '-'],
    [[2], '2'],
    [[1, 2, 3], '2 ± 2.48'],
    [[5, 5], '5 ± 0'],
  ])('states %j as %s', (values, text) => {
    expect(intervalText(intervalOf(values))).toBe(text);
  });
});

describe('two results', () => {
  it('stand side by side, with what differs', () => {
    const one = resultOf(evidence(), 0);
    const text = setBeside(one, { ...one, seed: 9, counts: { ...one.counts, accepted: 3 } });
    expect(text).toContain('Not the same run: seed 7 and 9.');
    expect(text).toMatch(/accepted +1 +3 +\+200 %/);
  });
});
