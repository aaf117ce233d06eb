import { limits } from '@penstock/domain/limits';
import { basketView, productView, receiptOrderView } from '@penstock/domain/views';
import { makeStreamRecord } from '@penstock/platform/testing/stream-event';
import { describe, expect, it } from 'vitest';
import { orderFrames } from '#core/frame-drafts';
import { makeRoom, type Room, timeoutMs } from '#testing/room';
import { basketRow, detailsRow, marker, offerRow, orderRow } from '#testing/rows';

const { id: productId } = offerRow();
const { id: basketId } = basketRow();
const { id: orderId } = orderRow();
const nothingFailed = { batchItemFailures: [] };

describe('[H1] frames of products', () => {
  it('hold what GET answers, joined with the details', async () => {
    const room = makeRoom();
    room.store(offerRow(), detailsRow());
    await room.join('c1', [`product/${productId}`]);
    expect(await room.broadcast([{ table: 'products', sequence: '1', newRow: offerRow({ rev: 101 }) }])).toEqual(
      nothingFailed,
    );
    expect(room.frames()).toEqual([
      {
        type: 'change',
        schema: 1,
        topic: `product/${productId}`,
        id: productId,
        rev: 101,
        at: '2025-11-23T10:00:10.000Z',
        correlationId: 'minted-1',
        data: productView(offerRow({ rev: 101 }), detailsRow()),
      },
    ]);
  });

  it('fold a batch to the highest rev of each product, wherever it stands', async () => {
    const room = makeRoom();
    await room.join('c1', [`product/${productId}`, 'product/oolong-dong-ding']);
    await room.broadcast([
      { table: 'products', sequence: '1', newRow: offerRow({ rev: 101, stock: 11 }) },
      { table: 'products', sequence: '2', newRow: offerRow({ id: 'oolong-dong-ding', rev: 50 }) },
      { table: 'products', sequence: '3', newRow: offerRow({ rev: 103, stock: 9 }) },
      { table: 'products', sequence: '4', newRow: offerRow({ rev: 102, stock: 10 }) },
    ]);
    expect(room.changes(`product/${productId}`)).toMatchObject([{ rev: 103, data: { stock: { available: 9 } } }]);
    expect(room.changes('product/oolong-dong-ding')).toHaveLength(1);
  });

  it('say nothing of a details row alone: the offer of the same transaction does', async () => {
    const room = makeRoom();
    await room.join('c1', [`product/${productId}`]);
    await room.broadcast([{ table: 'products', sequence: '1', newRow: detailsRow() }]);
    expect(room.frames()).toEqual([]);
    expect(room.lines.join()).not.toContain('unreadable');
  });

  it('tell an archived product as gone under its own rev, and bring it back', async () => {
    const room = makeRoom();
    await room.join('c1', [`product/${productId}`]);
    await room.broadcast([{ table: 'products', sequence: '1', newRow: offerRow({ rev: 101, archived: true }) }]);
    await room.broadcast([{ table: 'products', sequence: '2', newRow: offerRow({ rev: 102 }) }]);
    expect(room.changes(`product/${productId}`)).toMatchObject([
      { rev: 101, data: null },
      { rev: 102, data: { id: productId } },
    ]);
  });
});

describe('[H1] frames of removed rows', () => {
  it('are tombstones with the last rev and one, for a basket that expired', async () => {
    const room = makeRoom();
    await room.join('c1', [`basket/${basketId}`]);
    await room.join('s1', ['staff/baskets']);
    await room.broadcast([{ table: 'baskets', sequence: '1', oldRow: basketRow({ rev: 7 }) }]);
    expect(room.frames('c1')).toMatchObject([{ topic: `basket/${basketId}`, id: basketId, rev: 8, data: null }]);
    expect(room.frames('s1')).toMatchObject([{ topic: 'staff/baskets', id: basketId, rev: 8, data: null }]);
  });

  it('beat the change that came before them in the same batch', async () => {
    const room = makeRoom();
    await room.join('c1', [`product/${productId}`]);
    await room.broadcast([
      { table: 'products', sequence: '1', newRow: offerRow({ rev: 101 }) },
      { table: 'products', sequence: '2', oldRow: offerRow({ rev: 101 }) },
    ]);
    expect(room.changes(`product/${productId}`)).toMatchObject([{ rev: 102, data: null }]);
  });
});

describe('[H1] frames of baskets', () => {
  it('hold what GET answers, archived products marked by the snapshot, to shopper and staff', async () => {
    const room = makeRoom();
    room.store(offerRow({ archived: true }));
    await room.announce([{ table: 'products', sequence: '1', newRow: offerRow({ archived: true }) }]);
    await room.join('c1', [`basket/${basketId}`]);
    await room.join('s1', ['staff/baskets']);
    await room.broadcast([{ table: 'baskets', sequence: '1', newRow: basketRow() }]);
    const data = basketView(basketRow(), new Set([productId]));
    expect(data.lines).toMatchObject([{ productId, unavailable: true }]);
    expect(room.frames('c1')).toMatchObject([{ rev: 3, data }]);
    expect(room.frames('s1')).toMatchObject([{ id: basketId, rev: 3, data }]);
  });

  it('tell an emptied basket like any other', async () => {
    const room = makeRoom();
    await room.join('c1', [`basket/${basketId}`]);
    const emptied = basketRow({ rev: 4, clear: '1763892000001.0.device-one' });
    await room.broadcast([{ table: 'baskets', sequence: '1', newRow: emptied, oldRow: basketRow() }]);
    expect(room.frames()).toMatchObject([{ rev: 4, data: { lines: [{ productId, quantity: 0 }] } }]);
  });

  it('over 28 KB are a refetch instead', async () => {
    const room = makeRoom();
    await room.join('c1', [`basket/${basketId}`]);
    const lines = Object.fromEntries(
      Array.from({ length: 300 }, (_, line) => [
        `product-number-${line}`,
        { quantity: 1, stamp: '1763892000000.0.device-one' },
      ]),
    );
    await room.broadcast([{ table: 'baskets', sequence: '1', newRow: basketRow({ lines }) }]);
    expect(room.frames()).toEqual([{ type: 'refetch', topic: `basket/${basketId}` }]);
    expect(room.texts().every((text) => Buffer.byteLength(text) <= limits.frameBytesMax)).toBe(true);
  });
});

describe('[H6] frames of orders', () => {
  const placed = { table: 'orders', sequence: '1', newRow: orderRow() };
  const leaks = (room: Room) =>
    [...room.texts(), ...room.lines].filter((text) => /Marker|emailHash|bodyHash/.test(text));
  const tellOrder = async (planted: Parameters<typeof makeRoom>[0] = {}) => {
    const room = makeRoom(planted);
    await room.join('c1', [`order/${orderId}`]);
    await room.join('s1', ['staff/orders']);
    // One that cannot be read: the fault is logged, its values are not.
    await room.broadcast([
      placed,
      { table: 'orders', sequence: '2', newRow: { ...orderRow(), id: 'x', totalMinor: marker } },
    ]);
    return room;
  };

  it('carry the correlation id of the order and no trace of name and address, nor do the logs', async () => {
    const room = await tellOrder();
    expect(JSON.stringify(orderRow())).toContain(marker);
    expect(room.frames('c1')).toMatchObject([{ rev: 1, correlationId: 'correlation-1', data: { status: 'placed' } }]);
    expect(room.frames('s1')).toMatchObject([{ id: orderId, data: { moves: ['packed', 'cancelled'] } }]);
    expect(leaks(room)).toEqual([]);
  });

  it('log one line that a trace finds by the order, and never a basket id', async () => {
    const room = await tellOrder();
    expect(room.lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ event: 'order-told', orderId, correlationId: 'correlation-1', rev: 1 }),
    );
    expect(room.lines.join()).not.toContain(basketId);
  });

  it('fail this suite when the view with contact and address is planted', async () => {
    const room = await tellOrder({
      orderFrames: (change) =>
        orderFrames(change).map((draft) => ({
          ...draft,
          data: change.row === undefined ? null : receiptOrderView(change.row),
        })),
    });
    expect(leaks(room)).not.toEqual([]);
  });

  it('reach staff topics by the stored audience alone', async () => {
    const forged = async (rules: Parameters<typeof makeRoom>[0]) => {
      const room = makeRoom(rules);
      await room.join('c1', ['staff/orders'], { audience: 'shop' });
      await room.broadcast([placed]);
      return room.frames('c1');
    };
    expect(await forged({})).toEqual([]);
    // The planted failure: a rule that trusts the row's topic.
    expect(await forged({ rules: { mayReceive: () => true } })).not.toEqual([]);
  });
});

describe('[H5] records that cannot be read', () => {
  it('are logged, counted and skipped; the rest of the batch is told', async () => {
    const room = makeRoom();
    await room.join('c1', [`order/${orderId}`]);
    const event = {
      Records: [
        {},
        {
          ...makeStreamRecord({ table: 'orders', sequence: '1' }),
          dynamodb: { SequenceNumber: '1', NewImage: { id: 7 } },
        },
        makeStreamRecord({ table: 'orders', sequence: '2', newRow: { id: orderId } }),
        makeStreamRecord({ table: 'invoices', sequence: '3', newRow: { id: 'a' } }),
        makeStreamRecord({ table: 'orders', sequence: '4', newRow: orderRow() }),
      ],
    };
    expect(await room.broadcastEvent(event, timeoutMs)).toEqual(nothingFailed);
    expect(room.changes(`order/${orderId}`)).toHaveLength(1);
    const events = room.lines.map((line) => JSON.parse(line).event);
    expect(events.filter((name) => name === 'stream-record-unreadable')).toHaveLength(2);
    expect(events.filter((name) => name === 'stream-row-unreadable')).toHaveLength(1);
    expect(events.filter((name) => name === 'stream-table-unknown')).toHaveLength(1);
  });

  it('skips a basket whose stamps cannot be read, and tells the next', async () => {
    const room = makeRoom();
    const other = 'b3RoZXIgYmFza2V0IGhlcg';
    await room.join('c1', [`basket/${other}`]);
    const broken = basketRow({ lines: { [productId]: { quantity: 1, stamp: 'yesterday' } } });
    await room.broadcast([
      { table: 'baskets', sequence: '1', newRow: broken },
      { table: 'baskets', sequence: '2', newRow: basketRow({ id: other }) },
    ]);
    expect(room.changes(`basket/${other}`)).toHaveLength(1);
    expect(room.lines.join()).toContain('stream-row-unreadable');
  });

  it('tell the same again when a batch is replayed, with the same revs', async () => {
    const room = makeRoom();
    await room.join('c1', [`order/${orderId}`]);
    const batch = [{ table: 'orders', sequence: '1', newRow: orderRow() }];
    await room.broadcast(batch);
    await room.broadcast(batch);
    const [first, second] = room.changes(`order/${orderId}`);
    expect(second).toEqual(first);
  });
});
