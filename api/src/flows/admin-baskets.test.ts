import { basketOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';

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
    ['throttled', { outcome: 'fault', fault: 'throttled', error: new Error('slow') }, 503, 'store-busy'],
    ['broken', { outcome: 'fault', fault: 'world', error: new Error('no table') }, 500, 'internal'],
    ['of a newer release', { outcome: 'unreadable' }, 500, 'internal'],
  ])('[E4] a row that is %s answers as such, never as another', async (_title, read, status, code) => {
    const room = roomWith({ baskets: { baskets: { read: async () => read as never } } });
    expect(await room.call('GET /baskets/{id}', { parameters: { id } })).toMatchObject({ status, body: { code } });
  });
});
