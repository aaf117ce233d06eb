import { describe, expect, it } from 'vitest';
import { makeRoom, nowMs, type Room, timeoutMs } from '#testing/room';
import { detailsRow, offerRow, orderRow } from '#testing/rows';

const { id: productId } = offerRow();
const topic = `product/${productId}`;
const nothingFailed = { batchItemFailures: [] };
const sell = (room: Room, rev: number) =>
  room.broadcast([{ table: 'products', sequence: String(rev), newRow: offerRow({ rev }) }]);
const announce = (room: Room, rev: number) => {
  room.store(offerRow({ rev }), detailsRow());
  return room.announce([{ table: 'products', sequence: String(rev), newRow: offerRow({ rev }) }]);
};
const since = (room: Room) => room.postedAtMs.map((atMs) => atMs - nowMs);
const crowd = async (room: Room, size: number) => {
  for (let index = 0; index < size; index += 1) await room.join(`c${index}`, [topic]);
};

describe('[H4] a topic of its own pace', () => {
  it('tells a product twice a second, each time its last state', async () => {
    const room = makeRoom();
    await room.join('c1', [topic]);
    for (let rev = 101; rev <= 105; rev += 1) expect(await sell(room, rev)).toEqual(nothingFailed);
    expect(since(room)).toEqual([0, 500, 1000, 1500, 2000]);
    expect(room.changes(topic).map(({ rev }) => rev)).toEqual([101, 102, 103, 104, 105]);
  });

  it('tells the catalogue once a second', async () => {
    const room = makeRoom();
    await room.join('c1', ['catalogue']);
    for (let rev = 101; rev <= 103; rev += 1) await announce(room, rev);
    expect(since(room)).toEqual([0, 1000, 2000]);
  });

  it('does not let it hold up an order, nor a topic that was quiet', async () => {
    const room = makeRoom();
    await room.join('c1', [topic, 'product/oolong-dong-ding']);
    await sell(room, 101);
    await room.broadcast([
      { table: 'products', sequence: '2', newRow: offerRow({ rev: 102 }) },
      { table: 'products', sequence: '3', newRow: offerRow({ id: 'oolong-dong-ding' }) },
    ]);
    expect(since(room)).toEqual([0, 0, 500]);
    expect(room.changes(topic)).toMatchObject([{ rev: 101 }, { rev: 102 }]);
    expect(room.changes('product/oolong-dong-ding')).toHaveLength(1);
  });
});

describe('[H4] a budget that is spent', () => {
  const orders = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      table: 'orders',
      sequence: String(index),
      newRow: orderRow({ id: `${orderRow().id.slice(0, -2)}${String(index).padStart(2, '0')}` }),
    }));

  it('sends staff one refetch instead of many frames, and every shopper their own order', async () => {
    const room = makeRoom({ postsPerSecond: 10 });
    const batch = orders(8);
    await room.join('s1', ['staff/orders']);
    for (const { newRow } of batch) await room.join(`c-${newRow.id}`, [`order/${newRow.id}`]);
    expect(await room.broadcast(batch)).toEqual(nothingFailed);
    expect(room.frames('s1')).toEqual([{ type: 'refetch', topic: 'staff/orders' }]);
    for (const { newRow } of batch) expect(room.frames(`c-${newRow.id}`)).toMatchObject([{ type: 'change', rev: 1 }]);
    expect(since(room)).toEqual(Array(9).fill(0));
  });

  it('leaves a batch that fits as it is', async () => {
    const room = makeRoom({ postsPerSecond: 10 });
    await room.join('s1', ['staff/orders']);
    await room.broadcast(orders(8));
    expect(room.changes('staff/orders')).toHaveLength(8);
  });

  it('spreads a crowd over the seconds', async () => {
    const room = makeRoom({ postsPerSecond: 20 });
    await crowd(room, 50);
    await sell(room, 101);
    const inSecond = (second: number) => since(room).filter((atMs) => Math.floor(atMs / 1000) === second).length;
    expect([inSecond(0), inSecond(1), inSecond(2)]).toEqual([20, 20, 10]);
  });

  it('gets round a crowd that one invocation cannot reach, newest state for all, those left out first', async () => {
    const room = makeRoom({ postsPerSecond: 2 });
    await crowd(room, 30);
    expect(await sell(room, 101)).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
    const reached = room.frames().length;
    expect([reached > 15, reached < 30]).toEqual([true, true]);
    // The stream is read again from there, and meanwhile there is a newer state.
    let tries = 1;
    while ((await sell(room, 102)).batchItemFailures.length > 0) tries += 1;
    expect(tries).toBe(2);
    const revs = Array.from({ length: 30 }, (_, index) =>
      room.frames(`c${index}`).map((each) => (each.type === 'change' ? each.rev : 0)),
    );
    expect(revs.map((each) => each.at(-1))).toEqual(Array(30).fill(102));
    expect(revs.slice(reached).every((each) => each.length === 1)).toBe(true);
    expect(revs.every((each) => new Set(each).size === each.length)).toBe(true);
  });

  it('names the first record whose time would come too late, without waiting for it (H5)', async () => {
    const room = makeRoom();
    await room.join('c1', ['catalogue']);
    await announce(room, 101);
    room.store(offerRow({ rev: 102 }), detailsRow());
    const event = { table: 'products', sequence: '7', newRow: offerRow({ rev: 102 }) };
    expect(await room.announce([event], 1000)).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
    expect(since(room)).toEqual([0]);
    expect(timeoutMs).toBeGreaterThan(1000);
  });
});
