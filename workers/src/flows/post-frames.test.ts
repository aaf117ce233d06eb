import { describe, expect, it } from 'vitest';
import { makeRoom, type Room, type RoomOptions, timeoutMs } from '#testing/room';
import { offerRow } from '#testing/rows';

const { id: productId } = offerRow();
const topic = `product/${productId}`;
const nothingFailed = { batchItemFailures: [] };
const sell = (room: Room, rev = 101) =>
  room.broadcast([{ table: 'products', sequence: '1', newRow: offerRow({ rev }) }]);

describe('[H3] a connection that is gone', () => {
  const goneAt = async (ageMs: number, options: RoomOptions = {}) => {
    const room = makeRoom({ outcomes: { gone: 'gone' }, ...options });
    await room.join('gone', [topic, 'catalogue'], { ageMs });
    await room.join('here', [topic]);
    const answer = await sell(room);
    return { room, answer };
  };

  it('is forgotten with all of its topics when it is older than 30 s', async () => {
    const { room, answer } = await goneAt(30_001);
    expect(answer).toEqual(nothingFailed);
    expect(await room.connections.find('gone')).toBeUndefined();
    expect(await room.connections.connectionsOf('catalogue')).toEqual([]);
    expect(room.frames('here')).toHaveLength(1);
  });

  it('keeps its rows while it is younger: a post before $connect returned is 410 too', async () => {
    const { room } = await goneAt(30_000);
    expect(await room.connections.find('gone')).toBeDefined();
    expect(room.closed).toEqual([]);
  });

  it('fails this suite when the rule forgets at once', async () => {
    const { room } = await goneAt(30_000, { rules: { mayForget: () => true } });
    expect(await room.connections.find('gone')).toBeUndefined();
  });
});

describe('[H3] a post that fails after its retries', () => {
  it('closes that connection and no other, fails no batch, and posts it no more of the batch', async () => {
    const room = makeRoom({ outcomes: { slow: 'failed' } });
    await room.join('slow', [topic, 'product/oolong-dong-ding']);
    await room.join('here', [topic]);
    const answer = await room.broadcast([
      { table: 'products', sequence: '1', newRow: offerRow() },
      { table: 'products', sequence: '2', newRow: offerRow({ id: 'oolong-dong-ding' }) },
    ]);
    expect(answer).toEqual(nothingFailed);
    expect(room.closed).toEqual(['slow']);
    expect(room.frames('here')).toHaveLength(1);
    // Its rows stay: $disconnect drops them.
    expect(await room.connections.find('slow')).toBeDefined();
  });
});

describe('[H3] rows past 2 h 10 min', () => {
  it('get no frames', async () => {
    const room = makeRoom();
    await room.join('old', [topic], { ageMs: 130 * 60 * 1000 });
    await room.join('here', [topic], { ageMs: 130 * 60 * 1000 - 1000 });
    await sell(room);
    expect(room.frames('old')).toEqual([]);
    expect(room.frames('here')).toHaveLength(1);
  });
});

describe('[H2] who listens', () => {
  it('is asked anew for every batch: one acknowledged a moment ago is told', async () => {
    const room = makeRoom();
    await sell(room, 101);
    await room.join('c1', [topic]);
    await sell(room, 102);
    expect(room.frames('c1')).toMatchObject([{ rev: 102 }]);
  });
});

describe('[H5] the end of the time', () => {
  const products = Array.from({ length: 30 }, (_, index) => `product-number-${index}`);
  const sellAll = (room: Room) =>
    room.broadcast(
      products.map((id, index) => ({ table: 'products', sequence: String(1000 + index), newRow: offerRow({ id }) })),
    );
  const joinAll = async (room: Room) => {
    for (const [index, id] of products.entries()) await room.join(`c${index}`, [`product/${id}`]);
  };

  it('at 70 % of the time-out names the first sequence number that is not posted', async () => {
    const room = makeRoom({ postMs: 1000 });
    await joinAll(room);
    expect(timeoutMs).toBe(15_000);
    // Each post takes a second on the clock: after 10.5 s eleven are out.
    expect(await sellAll(room)).toEqual({ batchItemFailures: [{ itemIdentifier: '1011' }] });
    expect(room.frames()).toHaveLength(11);
  });

  it('counts an entity from its first record, so that reading again misses none', async () => {
    const room = makeRoom({ postMs: 20_000 });
    await room.join('c1', ['product/product-number-1']);
    await room.join('c2', ['product/product-number-2']);
    const told = await room.broadcast([
      { table: 'products', sequence: '1', newRow: offerRow({ id: 'product-number-1', rev: 1 }) },
      { table: 'products', sequence: '2', newRow: offerRow({ id: 'product-number-2', rev: 1 }) },
      { table: 'products', sequence: '3', newRow: offerRow({ id: 'product-number-1', rev: 2 }) },
      { table: 'products', sequence: '4', newRow: offerRow({ id: 'product-number-2', rev: 2 }) },
    ]);
    expect(room.frames('c1')).toMatchObject([{ rev: 2 }]);
    expect(told).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  });

  it('names nothing when all of it was posted in time', async () => {
    const room = makeRoom({ postMs: 100 });
    await joinAll(room);
    expect(await sellAll(room)).toEqual(nothingFailed);
    expect(room.frames()).toHaveLength(30);
  });

  it('asks for the records again whose listeners could not be read, and tells the others', async () => {
    const room = makeRoom({
      connections: (store) => ({
        ...store,
        connectionsOf: async (asked) => {
          if (asked === 'product/product-number-1') throw new Error('The table does not answer.');
          return store.connectionsOf(asked);
        },
      }),
    });
    await joinAll(room);
    expect(await sellAll(room)).toEqual({ batchItemFailures: [{ itemIdentifier: '1001' }] });
    expect(room.frames()).toHaveLength(29);
  });

  it('never has more than sixteen posts under way', async () => {
    let now = 0;
    let most = 0;
    const room = makeRoom({
      push: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
      },
    });
    for (let index = 0; index < 60; index += 1) await room.join(`c${index}`, [topic]);
    await sell(room);
    expect(room.frames()).toHaveLength(60);
    expect(most).toBe(16);
  });
});
