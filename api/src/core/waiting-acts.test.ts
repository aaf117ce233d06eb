import type { OrderItem, StaffAct } from '@penstock/domain/items';
import { orderOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { isClearSettled, isMoveSettled, sendingMaxMs, waitingView } from '#core/waiting-acts';

const since = '2025-11-23T10:00:00.000Z';
const sinceMs = Date.parse(since);
const act: StaffAct = {
  record: 'order/01hv3k9zq7c2x5t8w4n6m0p1rs',
  actId: 'move-1',
  status: 'packed',
  staffName: 'Sam',
  since,
  correlationId: 'correlation-1',
};
const view = { since, by: 'Sam', correlationId: 'correlation-1' };
const day = 86_400_000;

describe('[E5] an act of staff that waits', () => {
  it.each<[string, Partial<OrderItem>, boolean]>([
    ['of which it knows nothing', {}, false],
    ['that was refused another move', { refusedMoveIds: ['move-0'] }, false],
    ['that has made it', { history: [{ status: 'packed', at: since, moveId: 'move-1' }] }, true],
    ['that has refused it', { refusedMoveIds: ['move-1'] }, true],
    [
      'that has refused it last',
      { refusedMove: { status: 'packed', reason: 'no', at: since, moveId: 'move-1' } },
      true,
    ],
    ['that another move brought there', { status: 'packed' }, true],
    ['that is further', { status: 'shipped' }, true],
    ['that was cancelled', { status: 'cancelled' }, false],
  ])('is settled by an order %s: %#', (_what, overrides, settled) => {
    expect(isMoveSettled(orderOf(overrides), act)).toBe(settled);
  });

  it.each([
    [undefined, false],
    ['1763892000000.0.server', false],
    ['1763892000000.1.server', true],
    ['1763892000001.0.server', true],
  ])('of a basket is settled by its clear %s', (clear, settled) => {
    const basket = { id: 'b', ...(clear === undefined ? {} : { clear }) };
    expect(isClearSettled(basket as never, { ...act, actId: '1763892000000.1.server' })).toBe(settled);
  });

  it.each([
    ['while it is sent', {}, undefined, sendingMaxMs, view],
    ['for ever, once the queue took it', { sent: true }, undefined, 10 * day, view],
    ['no longer than it may take to send it', {}, undefined, sendingMaxMs + 1, undefined],
    ['when it came back as a letter, though nobody confirmed it', {}, 'requeued', day, view],
  ] as const)('is shown %s', (_when, overrides, status, afterMs, expected) => {
    expect(waitingView({ ...act, ...overrides }, { id: 'letter', status }, sinceMs + afterMs)).toEqual(expected);
  });

  it('says that it is held, and waits no more once it was discarded', () => {
    const sent = { ...act, sent: true as const };
    expect(waitingView(sent, { id: 'letter', status: 'open' }, sinceMs)).toEqual({ ...view, letterId: 'letter' });
    expect(waitingView(sent, { id: 'letter', status: 'discarded' }, sinceMs)).toBeUndefined();
  });
});
