import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';

describe('GET /operations', () => {
  it('shows the queues, the tables and the switches', async () => {
    const { status, body } = await makeAdminRoom().call('GET /operations');
    expect(status).toBe(200);
    expect(body.queues.map((queue: { name: string }) => queue.name)).toEqual(['orders', 'baskets', 'moves']);
    expect(body.tables).toContainEqual({
      name: 'orders',
      writePerSecond: 50,
      consumedPerSecond: 0,
      throttledPerSecond: 0,
    });
    expect(body.switches).toEqual({ ordersPaused: false, adminReadOnly: false, sourcesPaused: [] });
  });
});

describe('PUT /operations/capacity', () => {
  const move = (body: unknown, operations = {}) =>
    makeAdminRoom({ operations }).call('PUT /operations/capacity', { body });
  const order = { table: 'orders', writePerSecond: 25 };

  it('moves a table', async () => {
    const moved: unknown[] = [];
    const lever = {
      set: async (...order_: readonly unknown[]) => {
        moved.push(order_);
        return 'done' as const;
      },
    };
    expect(await move(order, { lever })).toMatchObject({ status: 200, body: order });
    expect(moved).toEqual([['orders', 25]]);
  });

  it.each([
    [{ table: 'views', writePerSecond: 25 }, 'table'],
    [{ table: 'orders', writePerSecond: 0 }, 'writePerSecond'],
    [{ table: 'orders', writePerSecond: 2.5 }, 'writePerSecond'],
    [{ table: 'orders', writePerSecond: 40_001 }, 'writePerSecond'],
    [{ ...order, readPerSecond: 5 }, 'readPerSecond'],
  ])('refuses %j by its field', async (body, field) => {
    const answer = await move(body);
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
  });

  it('is no lever in staging and prod, whatever the body', async () => {
    expect(await move({}, { canMoveCapacity: false })).toMatchObject({
      status: 403,
      body: { code: 'lever-not-allowed' },
    });
  });

  it.each([
    ['busy', 503, '5'],
    ['limit', 503, '3600'],
    ['on-demand', 422, undefined],
  ] as const)('a table that is %s answers %i', async (outcome, status, retryAfter) => {
    const answer = await move(order, { lever: { set: async () => outcome } });
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after']).toBe(retryAfter);
  });
});

describe('PUT /operations/switches', () => {
  it('works while the back office is read-only, or nobody could open it again', async () => {
    const room = makeAdminRoom({ switches: { adminReadOnly: true } });
    const answer = await room.call('PUT /operations/switches', { body: { adminReadOnly: false } });
    expect(answer).toMatchObject({ status: 200, body: { adminReadOnly: false } });
  });

  it('and the lever leave an entry in the list of what was done', async () => {
    const room = makeAdminRoom();
    await room.call('PUT /operations/switches', { body: { ordersPaused: true } });
    await room.call('PUT /operations/capacity', { body: { table: 'orders', writePerSecond: 25 } });
    expect(room.deeds).toMatchObject([
      { kind: 'switches', staffName: 'Ada', changes: [{ field: 'ordersPaused', to: 'true' }] },
      { kind: 'capacity', staffName: 'Ada', about: 'orders', changes: [{ field: 'writePerSecond', to: '25' }] },
    ]);
  });

  it('hold though the entry could not be written', async () => {
    const log = { note: () => Promise.reject(new Error('away')) };
    const room = makeAdminRoom({ operations: { log } });
    expect((await room.call('PUT /operations/switches', { body: { ordersPaused: true } })).status).toBe(200);
    expect(room.lines.join()).toContain('staff-act-not-noted');
  });

  it('knows no other switch', async () => {
    const answer = await makeAdminRoom().call('PUT /operations/switches', { body: { sourcesPaused: [] } });
    expect(answer.status).toBe(422);
  });
});
