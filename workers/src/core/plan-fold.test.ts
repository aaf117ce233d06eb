import type { BasketOp } from '@penstock/domain/basket-fold';
import { limits } from '@penstock/domain/limits';
import { compareStamps } from '@penstock/domain/stamps';
import { basketStateOf } from '@penstock/domain/views';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFold } from '#core/plan-fold';
import { basketId, stampOf } from '#testing/drain-messages';
import { basketRow } from '#testing/rows';

const nowMs = Date.parse('2025-11-23T10:20:30.000Z');
const set = (line: string, quantity: number, counter: number, device?: string): BasketOp => ({
  line,
  quantity,
  stamp: stampOf(counter, device),
});
const fold = (ops: readonly BasketOp[], stored?: Parameters<typeof planFold>[1]) =>
  planFold(basketId, stored, ops, nowMs);

describe('planFold', () => {
  it('[C5] folds ten ops into one row', () => {
    const { row } = fold(Array.from({ length: 10 }, (_, index) => set('assam', index, index)));
    expect(row).toEqual({
      id: basketId,
      schema: 1,
      rev: nowMs,
      lines: { assam: { quantity: 9, stamp: '1763892000000.9.device-one' } },
      updatedAt: '2025-11-23T10:20:30.000Z',
      touchedShard: expect.stringMatching(/^[0-3]$/),
      touchedAt: `2025-11-23T10#${basketId}`,
      expiresAt: Math.floor(nowMs / 1000) + 60 * 24 * 60 * 60,
    });
  });

  it('[E1] counts on from the rev that was read', () => {
    const { row } = fold([set('assam', 1, 1)]);
    expect(fold([set('assam', 2, 2)], row).row?.rev).toBe(nowMs + 1);
  });

  it('[C5] writes nothing when nothing changes', () => {
    const { row } = fold([set('assam', 1, 5)]);
    expect(fold([set('assam', 1, 5), set('assam', 9, 4)], row)).toEqual({ row: undefined, tooBig: [] });
  });

  it('[C2] is a replay of every op, in any order and any cut', () => {
    const op = fc.oneof(
      fc.record({ line: fc.constantFrom('assam', 'kenya', 'constructor'), quantity: fc.nat(3), stamp: stamps }),
      fc.record({ clear: fc.constant(true as const), stamp: stamps }),
    );
    fc.assert(
      fc.property(
        fc.array(op, { minLength: 1, maxLength: 12 }),
        fc.nat(12),
        fc.infiniteStream(fc.nat()),
        (ops, cut, chance) => {
          const shuffled = [...ops, ...ops.slice(0, 3)]
            .map((each) => ({ each, key: chance.next().value ?? 0 }))
            .sort((left, right) => left.key - right.key)
            .map(({ each }) => each);
          const first = fold(shuffled.slice(0, cut)).row;
          const last = fold(shuffled.slice(cut), first).row ?? first;
          if (last === undefined) throw new Error('an op on an empty basket changes it');
          expect(basketStateOf(last)).toEqual(replay(ops));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('[C5] leaves out, op by op, what would take the row over its size', () => {
    const stored = planFold(basketId, undefined, [set('assam', 1, 1), set('kenya', 1, 1)], nowMs, 700).row;
    const ops = [set('earl-grey', 1, 2), set('assam', 2, 3), set('darjeeling', 1, 2)];
    const { row, tooBig } = planFold(basketId, stored, ops, nowMs, 400 + 140);
    expect(tooBig).toEqual([0, 2]);
    expect(Object.keys(row?.lines ?? {})).toEqual(['assam', 'kenya']);
    expect(row?.lines.assam?.quantity).toBe(2);
  });

  it('[C5] fills a row up to 300 KB and no further', () => {
    const stamp = '1763892000000.1.device-one';
    const lines = Object.fromEntries(
      Array.from({ length: 4380 }, (_, index) => [`tea-number-${index}`, { quantity: 1, stamp }]),
    );
    const stored = { ...basketRow(), id: basketId, lines };
    const { row, tooBig } = fold(
      Array.from({ length: 60 }, (_, index) => set(`coffee-number-${index}`, 1, index)),
      stored,
    );
    const bytes = Buffer.byteLength(JSON.stringify(row));
    expect(tooBig.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(limits.basketBytesMax);
    expect(bytes).toBeGreaterThan(limits.basketBytesMax - 1000);
  });
});

const stamps = fc.record({
  wallMs: fc.integer({ min: 1, max: 3 }),
  counter: fc.nat(2),
  device: fc.constantFrom('device-a', 'device-b'),
});

/** The model: of each line the op with the highest (stamp, quantity), and the highest clear. */
const replay = (ops: readonly BasketOp[]) => {
  const lines = new Map<string, { quantity: number; stamp: BasketOp['stamp'] }>();
  let clear: BasketOp['stamp'] | undefined;
  for (const op of ops) {
    if ('clear' in op) {
      if (clear === undefined || compareStamps(op.stamp, clear) > 0) clear = op.stamp;
      continue;
    }
    const known = lines.get(op.line);
    const isHigher = known === undefined || (compareStamps(op.stamp, known.stamp) || op.quantity - known.quantity) > 0;
    if (isHigher) lines.set(op.line, { quantity: op.quantity, stamp: op.stamp });
  }
  return { lines, ...(clear === undefined ? {} : { clear }) };
};
