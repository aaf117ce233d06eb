import { staffProductView } from '@penstock/domain/views';
import type { SnapshotStore } from '@penstock/platform/snapshot-store';
import { makeMemorySnapshotStore } from '@penstock/platform/testing/memory-snapshot-store';
import { describe, expect, it } from 'vitest';
import { makeRoom, nowMs, type Room } from '#testing/room';
import { detailsRow, offerRow } from '#testing/rows';

const { id } = offerRow();
const record = (row: object, sequence = '1') => ({ table: 'products', sequence, newRow: row });

/** Stores a product and announces it, as its stream would. */
const announce = async (room: Room, overrides: Parameters<typeof offerRow>[0] = {}) => {
  room.store(offerRow(overrides), detailsRow({ id: overrides?.id ?? id }));
  return room.announce([record(offerRow(overrides))]);
};
const listed = async (room: Room) => {
  const head = await room.snapshot.readHead();
  const chunks = await room.snapshot.readChunks(head, Object.keys(head?.chunks ?? {}));
  return { head, products: [...chunks.values()].flatMap((chunk) => chunk.products) };
};

describe('the catalogue snapshot', () => {
  it('starts its rev at the server milliseconds and lists the product with its level, not its number', async () => {
    const room = makeRoom();
    await announce(room, { stock: 3 });
    const { head, products } = await listed(room);
    expect(head?.rev).toBe(nowMs);
    expect(products).toMatchObject([{ id, level: 'low', description: 'Malty.', price: { amountMinor: 1250 } }]);
    expect(JSON.stringify(products)).not.toContain('available');
  });

  it('raises the head for a number of units alone, and writes no chunk', async () => {
    const room = makeRoom();
    await announce(room, { rev: 100, stock: 12 });
    const before = await listed(room);
    await announce(room, { rev: 101, stock: 11 });
    const after = await listed(room);
    expect(after.head?.rev).toBe(nowMs + 1);
    expect(after.head?.chunks).toEqual(before.head?.chunks);
    expect(after.products).toEqual(before.products);
  });

  it('writes the chunk when the level changes', async () => {
    const room = makeRoom();
    await announce(room, { rev: 100, stock: 6 });
    await announce(room, { rev: 101, stock: 5 });
    const { head, products } = await listed(room);
    expect(products).toMatchObject([{ level: 'low', rev: 101 }]);
    expect(Object.values(head?.chunks ?? {})).toEqual([nowMs + 1]);
  });

  it('holds what the table holds now, though the record is older', async () => {
    const room = makeRoom();
    room.store(offerRow({ rev: 105, name: 'Assam, renamed' }), detailsRow());
    await room.announce([record(offerRow({ rev: 101 }))]);
    expect((await listed(room)).products).toMatchObject([{ rev: 105, name: 'Assam, renamed' }]);
  });

  it('marks a removed product as archived', async () => {
    const room = makeRoom();
    await announce(room);
    const other = makeRoom();
    await other.join('s1', ['staff/products', 'catalogue']);
    await other.announce([{ table: 'products', sequence: '2', oldRow: offerRow({ rev: 100 }) }]);
    expect((await listed(other)).products).toMatchObject([{ id, rev: 101, archived: true, level: 'out' }]);
    expect(other.changes('staff/products')).toMatchObject([{ id, rev: 101, data: null }]);
  });

  it('changes nothing when a batch is replayed, and tells it again with the same rev', async () => {
    const room = makeRoom();
    await room.join('c1', ['catalogue']);
    await announce(room);
    const before = await listed(room);
    await announce(room);
    expect(await listed(room)).toEqual(before);
    expect(room.changes('catalogue').map((frame) => frame.rev)).toEqual([nowMs, nowMs]);
  });
});

describe('the frames of the catalogue', () => {
  it('[H1] are one folded frame with the head rev, and a whole product to staff', async () => {
    const room = makeRoom();
    await room.join('c1', ['catalogue']);
    await room.join('s1', ['staff/products']);
    const oolong = offerRow({ id: 'oolong-dong-ding', rev: 50, stock: 2, priceMinor: 900 });
    const gone = offerRow({ id: 'gyokuro-shade', rev: 60, archived: true });
    for (const offer of [offerRow(), oolong, gone]) room.store(offer, detailsRow({ id: offer.id }));
    await room.announce([record(offerRow(), '1'), record(oolong, '2'), record(gone, '3'), record(offerRow(), '4')]);
    expect(room.frames('c1')).toMatchObject([
      {
        topic: 'catalogue',
        id: 'catalogue',
        rev: nowMs,
        data: {
          changed: [
            { id, rev: 100, price: { amountMinor: 1250, currency: 'GBP' }, stock: { available: 12, level: 'in' } },
            { id: oolong.id, rev: 50, stock: { available: 2, level: 'low' } },
            { id: gone.id, rev: 60, stock: { available: 0, level: 'out' } },
          ],
        },
      },
    ]);
    const staff = room.frames('s1').map((frame) => (frame.type === 'change' ? frame.data : undefined));
    expect(staff).toEqual(
      [offerRow(), oolong, gone].map((each) => staffProductView(each, detailsRow({ id: each.id }))),
    );
  });

  it('come after the list has changed', async () => {
    let revAtPost: number | undefined;
    const room: Room = makeRoom({
      push: async () => {
        revAtPost = (await room.snapshot.readHead())?.rev;
      },
    });
    await room.join('c1', ['catalogue']);
    await announce(room);
    expect(room.changes('catalogue')).toMatchObject([{ rev: revAtPost }]);
  });

  it('[H1] over 28 KB are a refetch', async () => {
    const room = makeRoom();
    await room.join('c1', ['catalogue']);
    const offers = Array.from({ length: 300 }, (_, index) => offerRow({ id: `product-number-${index}` }));
    for (const offer of offers) room.store(offer);
    await room.announce(offers.map((offer, index) => record(offer, String(index))));
    expect(room.frames()).toEqual([{ type: 'refetch', topic: 'catalogue' }]);
  });

  it('[H5] skip a row that cannot be read, in the record or in the table, and tell the rest', async () => {
    const room = makeRoom();
    await room.join('c1', ['catalogue']);
    room.store(offerRow(), detailsRow({ description: 7 as never }));
    await room.announce([record({ id: 'x', part: 'offer' }, '1'), record(offerRow(), '2')]);
    expect(room.changes('catalogue')).toMatchObject([{ data: { changed: [{ id }] } }]);
    const events = room.lines.map((line) => JSON.parse(line).event);
    expect(events).toContain('stream-row-unreadable');
    expect(events).toContain('product-details-unreadable');
  });
});

describe('two instances on one snapshot', () => {
  /** A store that lets something happen before the first commit. */
  const interrupted = (inner: SnapshotStore, before: () => Promise<unknown>): SnapshotStore => {
    let done = false;
    return {
      ...inner,
      commit: async (commit) => {
        if (!done) {
          done = true;
          await before();
        }
        return inner.commit(commit);
      },
    };
  };

  /**
   * The slow one has read level low at rev 101; meanwhile rev 102 is back in stock and announced, which looks like the
   * chunk of rev 100 and so writes the head alone.
   */
  const overtake = async (inner: SnapshotStore, ofSlow: (store: SnapshotStore) => SnapshotStore) => {
    const fast = makeRoom({ snapshot: inner });
    await announce(fast, { rev: 100, stock: 12 });
    const slow: Room = makeRoom({
      snapshot: interrupted(ofSlow(inner), async () => {
        await announce(fast, { rev: 102, stock: 12 });
        slow.store(offerRow({ rev: 102, stock: 12 }), detailsRow());
      }),
    });
    await announce(slow, { rev: 101, stock: 3 });
    return (await listed(fast)).products;
  };

  it('never fold a state that was outdated: the slower one loses its condition and reads again', async () => {
    expect(await overtake(makeMemorySnapshotStore(), (store) => store)).toMatchObject([{ level: 'in' }]);
  });

  it('fail this suite when the commit has no condition: the list says low for ever', async () => {
    const unconditional = (store: SnapshotStore): SnapshotStore => ({
      ...store,
      commit: async (commit) => {
        const read = await store.readHead();
        return store.commit({ ...commit, read, head: { ...commit.head, rev: (read?.rev ?? 0) + 1 } });
      },
    });
    expect(await overtake(makeMemorySnapshotStore(), unconditional)).toMatchObject([{ level: 'low' }]);
  });

  it('give the batch back to the source when the snapshot stays contended', async () => {
    const room = makeRoom({ snapshot: { ...makeMemorySnapshotStore(), commit: async () => 'conflict' } });
    await expect(announce(room)).rejects.toThrow('changed under every try');
  });
});
