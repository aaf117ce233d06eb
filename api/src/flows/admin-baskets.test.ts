import { packStamp, type Stamp } from '@penstock/domain/stamps';
import { tableFault } from '@penstock/platform/table-fault';
import { basketOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';

const named = (name: string): Error => Object.assign(new Error('x'), { name });
const { id } = basketOf();
const roomWith = (overrides: Parameters<typeof makeAdminRoom>[0] = {}) => {
  const room = makeAdminRoom(overrides);
  room.putBasket(basketOf());
  return room;
};

describe('baskets for staff', () => {
  it('[C2] a clear is an op like any other: stamped, queued, the basket as it is until then', async () => {
    const room = roomWith();
    const answer = await room.call('DELETE /baskets/{id}', { parameters: { id } });
    expect(answer).toMatchObject({ status: 202, body: { id, lines: [{ quantity: 2 }] } });
    expect(room.sent.ops).toMatchObject([{ basketId: id, op: { clear: true, stamp: { device: 'server-instance' } } }]);
  });

  it('[E5] a clear waits on every page until the basket has it, and is sent once', async () => {
    const room = roomWith();
    const clear = () => room.call('DELETE /baskets/{id}', { parameters: { id } });
    const show = async () => [
      (await room.call('GET /baskets/{id}', { parameters: { id } })).body.pending,
      (await room.call('GET /baskets')).body[0].pending,
    ];
    const first = await clear();
    const waits = { by: 'Ada', since: '2025-11-23T10:00:00.000Z' };
    expect([first, await clear()]).toMatchObject([{ body: { pending: waits } }, { body: { pending: waits } }]);
    expect(room.sent.ops).toHaveLength(1);
    expect(room.refetched).toEqual(['staff/baskets']);
    expect(await show()).toMatchObject([waits, waits]);
    const { stamp } = room.sent.ops[0]?.op ?? {};
    room.putBasket(basketOf({ clear: packStamp(stamp as Stamp) }));
    expect(await show()).toEqual([undefined, undefined]);
  });

  it('a clear is in the list of what was done, with who asked for it', async () => {
    const room = roomWith();
    await room.call('DELETE /baskets/{id}', { parameters: { id } });
    expect(room.deeds).toMatchObject([{ kind: 'basket-clear', about: id, staffName: 'Ada' }]);
  });

  it('[G6] a clear that the queue does not take is not confirmed', async () => {
    const room = roomWith({ baskets: { queue: { sendBasketOp: () => Promise.reject(new Error('down')) } } });
    expect((await room.call('DELETE /baskets/{id}', { parameters: { id } })).body.code).toBe('queue-unavailable');
  });

  it('lists, pages and reads by ids', async () => {
    const room = roomWith();
    const list = (query: string) => room.call('GET /baskets', { query });
    expect(await list('range=[0,24]')).toMatchObject({ status: 200, headers: { 'content-range': 'baskets 0-0/1' } });
    expect((await list(`filter={"id":["${id}","nonsense"]}`)).body).toHaveLength(1);
    expect((await list('filter={"email":"ada"}')).body.code).toBe('no-such-index');
    expect((await list('sort=["rev","ASC"]')).body.code).toBe('no-such-index');
  });

  it('[C1] leaves the id out of the log', async () => {
    const room = roomWith();
    await room.call('GET /baskets/{id}', { parameters: { id } });
    expect(room.lines.join()).not.toContain(id);
  });

  it.each([
    ['absent', { outcome: 'absent' }, 404, 'record-not-found'],
    ['throttled', tableFault(named('ThrottlingException')), 503, 'store-busy'],
    ['in no table', tableFault(named('ResourceNotFoundException')), 503, 'store-busy'],
    ['asked for wrongly', tableFault(named('ValidationException')), 500, 'internal'],
    ['of a newer release', { outcome: 'unreadable' }, 503, 'store-busy'],
  ])('[E4] a row that is %s answers as such, never as another', async (_title, read, status, code) => {
    const room = roomWith({ baskets: { baskets: { read: async () => read as never } } });
    expect(await room.call('GET /baskets/{id}', { parameters: { id } })).toMatchObject({ status, body: { code } });
  });
});
