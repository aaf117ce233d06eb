import { describe, expect, it } from 'vitest';
import { auditRun } from '#audit/audit';
import { orderReceipt, stored } from '#audit/testing';
import { judgeBars } from '#bars';
import { planOf } from '#plan';
import { exitCodes, resultOf } from '#result';
import { evidence, record, sample } from '#testing';

const barOf = (name: string, ...args: Parameters<typeof evidence>) =>
  judgeBars(evidence(...args)).find((bar) => bar.name === name);

describe('the verdict', () => {
  it('is reached when the run is correct and every bar holds', () => {
    const result = resultOf(evidence(), 0);
    expect(result).toMatchObject({ schema: 1, seed: 7, valid: true, verdict: 'reached', invalidBecause: [] });
    expect(exitCodes[result.verdict]).toBe(0);
  });

  it('is incorrect before all else: also in a run that does not count', () => {
    const receipts = [orderReceipt(), orderReceipt({ id: 'order-2' })];
    const audit = auditRun(receipts, stored(), new Set());
    const result = resultOf(evidence({ receipts, audit, record: record({ interrupted: true }) }), 0);
    expect(result).toMatchObject({ valid: false, verdict: 'incorrect', counts: { lost: 1 } });
    expect(exitCodes[result.verdict]).toBe(20);
  });

  it('lays what still waits in a queue to the time, not to a loss', () => {
    const receipts = [orderReceipt(), orderReceipt({ id: 'order-2' })];
    const audit = auditRun(receipts, stored(), new Set());
    const late = { receipts, audit, record: record({ drainedMs: undefined }) };
    const waiting = resultOf(evidence({ ...late, samples: [sample(0), sample(80, { waiting: 1 })] }), 0);
    expect(waiting).toMatchObject({ verdict: 'inconclusive', counts: { lost: 0 }, findings: { lost: [] } });
    expect(waiting.figures['accepted and still waiting']).toBe(1);
    expect(resultOf(evidence(late), 0)).toMatchObject({ verdict: 'incorrect', counts: { lost: 1 } });
  });

  it('is missed when a bar does not hold, exit code 21', () => {
    const throttled = [sample(0), sample(80, { requests: 100, throttled: 3 })];
    const result = resultOf(evidence({ samples: throttled }), 0);
    expect(result.verdict).toBe('missed');
    expect(exitCodes[result.verdict]).toBe(21);
  });

  it.each([
    [
      'k6 dropped arrivals',
      { record: record({ k6: { exitCode: 0, iterations: 9, dropped: 1, version: '' } }) },
      'dropped',
    ],
    ['k6 failed', { record: record({ k6: { exitCode: 107, iterations: 0, dropped: 0, version: '' } }) }, '107'],
    ['the machine was busy', { samples: [{ ...sample(0), cpu: 0.9 }, sample(90)] }, '90 % busy'],
    ['it was interrupted', { record: record({ interrupted: true }) }, 'interrupted'],
  ])('is inconclusive when %s, exit code 22', (_what, over, reason) => {
    const result = resultOf(evidence(over), 0);
    expect(result).toMatchObject({ valid: false, verdict: 'inconclusive' });
    expect(result.invalidBecause.join()).toContain(reason);
    expect(exitCodes[result.verdict]).toBe(22);
  });

  it('is inconclusive when evidence cannot be read', () => {
    expect(resultOf(evidence(), 2).invalidBecause.join()).toContain('2 lines');
  });
});

describe('the bars', () => {
  it('count capacity only while there is a backlog', () => {
    const samples = [
      sample(0, { useful: 0, waiting: 0 }),
      sample(10, { useful: 10, waiting: 500 }),
      sample(30, { useful: 770, waiting: 100 }),
      sample(40, { useful: 771, waiting: 0 }),
    ];
    // 760 of 40 x 20 units, of which staff have 3 %.
    expect(barOf('capacity used', { samples })).toMatchObject({ value: 0.9794, reached: true });
  });

  it('measure the drain against the fluid ideal', () => {
    const receipts = [orderReceipt({ atMs: 80_000, tookMs: 0 })];
    const samples = [sample(0), sample(80), sample(100, { useful: 640 })];
    // 640 units at 38.8 a second are 16.5 s; it took 20.
    expect(barOf('drain / fluid ideal', { receipts, samples })).toMatchObject({ value: 1.2125, reached: false });
  });

  it('tell by how much the stated wait is off, either way', () => {
    const { audit } = evidence();
    const off = (actualMs: number, statedMs: number, count = 30) =>
      barOf('stated wait, off by', { audit: { ...audit, waits: Array(count).fill({ actualMs, statedMs }) } });
    expect(off(9000, 3000)).toMatchObject({ value: 3, reached: false });
    expect(off(4000, 6000)).toMatchObject({ value: 1.5, reached: true });
    expect(off(3000, 1)).toBeUndefined();
    expect(off(9000, 3000, 29)).toBeUndefined();
  });

  it('measure the recovery from the end of the trouble to the first empty queue', () => {
    const plan = planOf({
      journey: 'checkout-rush',
      profile: 'capacity-step',
      seed: 7,
      capacity: 40,
      shopApiUrl: 'http://shop',
      socketUrl: 'ws://shop',
    });
    const samples = [
      sample(0),
      sample(60, { waiting: 300 }),
      sample(70, { useful: 400, waiting: 40 }),
      sample(72, { useful: 400, waiting: 5 }),
    ];
    // 400 units at 38.8 a second are 10.3 s; it took 12.
    expect(barOf('recovery / fluid ideal', { record: record({ plan }), samples })).toMatchObject({
      value: 1.164,
      reached: false,
    });
    expect(barOf('recovery / fluid ideal', { samples })).toBeUndefined();
  });

  it('compare the accept times of the hard step with the calm one', () => {
    const receipts = [
      orderReceipt({ id: 'a', atMs: 5000, tookMs: 10 }),
      orderReceipt({ id: 'b', atMs: 30_000, tookMs: 20 }),
    ];
    expect(barOf('accept p99, overloaded / unloaded', { receipts })).toMatchObject({ value: 2, reached: false });
  });

  it('compare the way from placing to the page with the calm step', () => {
    const told = (count: number, fromMs: number, tookMs: number) =>
      Array.from({ length: count }, (_, index) => {
        const placedAtMs = fromMs + index;
        return { kind: 'told', id: `${placedAtMs}`, placedAtMs, atMs: placedAtMs + tookMs } as const;
      });
    const both = (calm: number, hard: number) =>
      barOf('commit to push p99, loaded / idle', { receipts: [...told(calm, 5000, 100), ...told(hard, 30_000, 180)] });
    expect(both(20, 50)).toMatchObject({ value: 1.8, reached: false });
    expect([both(19, 50), both(20, 49)]).toEqual([undefined, undefined]);
  });

  it('see an answer 5xx', () => {
    expect(barOf('answers 5xx', { receipts: [orderReceipt({ status: 500 })] })).toMatchObject({
      value: 1,
      reached: false,
    });
  });
});
