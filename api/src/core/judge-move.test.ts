import type { StaffAct } from '@penstock/domain/items';
import { orderOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { judgeMove } from '#core/judge-move';

const at = '2025-11-23T10:00:00.000Z';
const asked = { moveId: 'move-1', status: 'packed', statusSeen: 'placed' } as const;
const packed = orderOf({ status: 'packed', history: [{ status: 'packed', at, moveId: 'move-0', by: 'Sam' }] });
const waitingFor = (overrides: Partial<StaffAct> = {}, letterId?: string) => {
  const act = { record: 'order/x', actId: 'move-0', status: 'packed', staffName: 'Sam', since: at, correlationId: 'c' };
  const {
    status,
    since,
    staffName: by,
    correlationId,
    actId,
    ...rest
  } = { ...act, ...overrides } as Required<StaffAct>;
  const view = { status, since, by, correlationId, ...(letterId === undefined ? {} : { letterId }) };
  return { act: { ...rest, actId, status, since, staffName: by, correlationId }, view };
};

describe('[E3] a move that staff ask for', () => {
  it('is sent when it is legal', () => {
    expect(judgeMove(orderOf(), asked, undefined)).toEqual({ kind: 'send' });
    expect(judgeMove(orderOf(), { ...asked, statusSeen: undefined }, undefined)).toEqual({ kind: 'send' });
  });

  it('is done when somebody else has made it, and refused when the order has gone further', () => {
    expect(judgeMove(packed, asked, undefined)).toEqual({ kind: 'done' });
    expect(judgeMove(orderOf({ status: 'shipped' }), asked, undefined)).toMatchObject({ kind: 'refuse' });
  });

  it('is done when it was decided before, refused too', () => {
    expect(judgeMove(orderOf({ refusedMoveIds: ['move-1'] }), asked, undefined)).toEqual({ kind: 'done' });
  });

  it('says who was faster, and offers again what can still be done', () => {
    const cancel = { moveId: 'move-1', status: 'cancelled', statusSeen: 'placed' } as const;
    expect(judgeMove(packed, cancel, undefined)).toEqual({
      kind: 'refuse',
      why: 'The order is packed since 2025-11-23 10:00 UTC, by Sam. It changed after you saw it, so it was not cancelled; ask again if you still want that.',
    });
    expect(judgeMove(orderOf({ status: 'shipped' }), cancel, undefined)).toEqual({
      kind: 'refuse',
      why: 'The order is shipped. It cannot be cancelled from there.',
    });
  });
});

describe('[E5] beside a move that waits', () => {
  it('the same one is done once it was sent, and sent again before', () => {
    expect(judgeMove(orderOf(), asked, waitingFor({ actId: 'move-1' }))).toEqual({ kind: 'send' });
    expect(judgeMove(orderOf(), asked, waitingFor({ actId: 'move-1', sent: true }))).toEqual({ kind: 'done' });
  });

  it('one that wants the same is done, whoever asks', () => {
    expect(judgeMove(orderOf(), asked, waitingFor({ sent: true }))).toEqual({ kind: 'done' });
  });

  it('another one is refused, with who asked for what', () => {
    const verdict = judgeMove(orderOf(), { ...asked, status: 'cancelled' }, waitingFor({ sent: true }));
    expect(verdict).toMatchObject({
      kind: 'refuse',
      why: expect.stringContaining('Sam asked for packed at 2025-11-23'),
    });
  });

  it('none goes past one that is held as a letter', () => {
    const verdict = judgeMove(orderOf(), asked, waitingFor({ sent: true }, 'letter'));
    expect(verdict).toMatchObject({ kind: 'refuse', why: expect.stringContaining('dead letter') });
  });
});
