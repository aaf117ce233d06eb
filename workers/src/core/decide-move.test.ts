import type { MoveTarget, StoredStatus } from '@penstock/domain/order-states';
import { describe, expect, it } from 'vitest';
import { decideMove, refusedMovesKept } from '#core/decide-move';
import { moveMessage } from '#testing/drain-messages';
import { orderRow } from '#testing/rows';

const at = '2025-11-23T11:00:00.000Z';
const decide = (status: StoredStatus, to: MoveTarget, overrides: Parameters<typeof moveMessage>[0] = {}) =>
  decideMove(orderRow({ status }), moveMessage({ to, statusSeen: status, ...overrides }), at);

describe('decideMove', () => {
  it.each([
    ['placed', 'packed', /^packed#[0-3]$/],
    ['packed', 'shipped', /^shipped#[0-3]$/],
    ['shipped', 'delivered', undefined],
    ['placed', 'cancelled', undefined],
    ['packed', 'cancelled', undefined],
  ] as const)('[E3] moves an order from %s to %s', (from, to, openShard) => {
    const decision = decide(from, to);
    if (decision.kind !== 'apply') throw new Error(decision.kind);
    const { read, entry, returns } = decision.move;
    expect(read).toEqual({ id: orderRow().id, rev: 1, status: from });
    expect(entry).toEqual({ status: to, at, moveId: 'move-1', by: 'Sam' });
    expect(decision.move.openShard).toEqual(openShard === undefined ? undefined : expect.stringMatching(openShard));
    expect(returns).toEqual(to === 'cancelled' ? [{ productId: 'assam-second-flush', units: 2 }] : []);
  });

  it.each([
    ['placed', 'shipped'],
    ['shipped', 'cancelled'],
    ['delivered', 'cancelled'],
    ['cancelled', 'packed'],
    ['rejected', 'packed'],
  ] as const)('[E3] refuses a move from %s to %s and names the status found', (from, to) => {
    const decision = decide(from, to);
    expect(decision).toMatchObject({ kind: 'refuse', move: { refusedMove: { status: to, at, moveId: 'move-1' } } });
    expect(decision.kind === 'refuse' && decision.move.refusedMove.reason).toContain(`The order is ${from}`);
  });

  it('[E3] refuses a move that was decided on another status than the one stored', () => {
    expect(decide('packed', 'cancelled', { statusSeen: 'placed' })).toMatchObject({ kind: 'refuse' });
  });

  it('[E3] lets a shopper cancel only while the order is placed', () => {
    expect(decide('placed', 'cancelled', { by: 'shopper' })).toMatchObject({ kind: 'apply' });
    expect(decide('packed', 'cancelled', { by: 'shopper' })).toMatchObject({ kind: 'refuse' });
    expect(decide('placed', 'packed', { by: 'shopper' })).toMatchObject({ kind: 'refuse' });
  });

  it('[E3] knows a move again, applied or refused', () => {
    const applied = orderRow({ status: 'packed', history: [{ status: 'packed', at, moveId: 'move-1' }] });
    expect(decideMove(applied, moveMessage(), at)).toEqual({ kind: 'known' });
    const refused = orderRow({ status: 'placed', refusedMoveIds: ['move-0', 'move-1', 'move-2'] });
    expect(decideMove(refused, moveMessage(), at)).toEqual({ kind: 'known' });
  });

  it.each([
    ['packed', 'packed', 'placed'],
    ['shipped', 'packed', 'placed'],
    ['cancelled', 'cancelled', 'packed'],
  ] as const)('[E3] finds an order that is %s where a move to %s would bring it', (status, to, statusSeen) => {
    expect(decide(status, to, { statusSeen, moveId: 'of somebody else' })).toEqual({ kind: 'reached' });
  });

  it('[E3] never judges a refused move anew, though it would be legal by now', () => {
    const early = moveMessage({ moveId: 'early', to: 'shipped', statusSeen: 'packed' });
    const first = decideMove(orderRow(), early, at);
    if (first.kind !== 'refuse') throw new Error(first.kind);
    const { refusedMove, refusedMoveIds } = first.move;
    const later = orderRow({ status: 'packed', refusedMove, refusedMoveIds: [...refusedMoveIds] });
    expect(decideMove(later, early, at)).toEqual({ kind: 'known' });
  });

  it('remembers the last refusals', () => {
    const ids = Array.from({ length: refusedMovesKept }, (_, index) => `move-${index + 10}`);
    const decision = decideMove(orderRow({ refusedMoveIds: ids }), moveMessage({ to: 'delivered' }), at);
    expect(decision.kind === 'refuse' && decision.move.refusedMoveIds).toEqual([...ids.slice(1), 'move-1']);
  });

  it('returns the units of a product once, however many lines it has', () => {
    const line = { productId: 'assam-second-flush', quantity: 2, priceMinor: 1250 };
    const decision = decideMove(orderRow({ lines: [line, line] }), moveMessage({ to: 'cancelled' }), at);
    expect(decision).toMatchObject({ kind: 'apply', move: { returns: [{ units: 4 }] } });
  });
});
