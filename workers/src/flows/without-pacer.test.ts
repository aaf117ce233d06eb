import { describe, expect, it } from 'vitest';
import { unbounded } from '#core/deadline';
import { withoutDeferral, withoutPatience } from '#flows/without-pacer';
import { makeWriteDirectly, WriteNotDone } from '#flows/write-directly';
import { basketId, basketMessage, orderLine, orderMessage } from '#testing/drain-messages';
import { makeDrainRoom } from '#testing/drain-room';
import { before, throttled } from '#testing/faulty';
import { offerRow } from '#testing/rows';

const roomOf = (options: Parameters<typeof makeDrainRoom>[0] = {}) => {
  const room = makeDrainRoom(options);
  room.tables.offers.set('assam-second-flush', offerRow({ stock: 5 }));
  const order = orderMessage({ lines: [orderLine()] });
  const drainOf = (name: 'placeOrders' | 'foldBaskets') =>
    withoutPatience(async (records, deadline) => ({
      batchItemFailures: (await room.run(name, records, deadline)).map((itemIdentifier) => ({ itemIdentifier })),
    }));
  const direct = makeWriteDirectly({
    placeOrders: drainOf('placeOrders'),
    foldBaskets: drainOf('foldBaskets'),
    mintId: () => 'minted',
  });
  return { room, order, direct, drainOf };
};

describe('a drain without patience', () => {
  it('makes a throttled write once and reports its message', async () => {
    let calls = 0;
    const { room, drainOf } = roomOf({
      baskets: (store) => ({
        ...store,
        write: async () => {
          calls += 1;
          return throttled;
        },
      }),
    });
    const record = { messageId: 'm', receiptHandle: 'r', receives: 1, group: basketId };
    const answer = await drainOf('foldBaskets')([{ ...record, body: JSON.stringify(basketMessage()) }], unbounded);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    expect([calls, room.waits]).toEqual([1, []]);
  });
});

describe('leftovers without deferral', () => {
  it('are reported and left to the visibility time of their queue', async () => {
    const asked: number[] = [];
    const leftovers = withoutDeferral({
      keepLetter: async () => true,
      answer: async (left) => {
        asked.push(left.length);
        return { batchItemFailures: [] };
      },
    });
    const records = [{ messageId: 'a', receiptHandle: 'r', body: '', receives: 1, group: undefined }];
    expect(await leftovers.answer([{ records, reason: 'ThrottlingException', fields: {} }])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }],
    });
    expect(asked).toEqual([0]);
  });
});

describe('direct writes', () => {
  it('place an order at once, in the flow of the drain', async () => {
    const { room, order, direct } = roomOf();
    await direct.sendOrder(order);
    expect(room.tables.orders.get(order.orderId)).toMatchObject({ id: order.orderId, status: 'placed' });
    expect(room.waits).toEqual([]);
  });

  it('store an order sent twice once', async () => {
    const { room, order, direct } = roomOf();
    await direct.sendOrder(order);
    await direct.sendOrder(order);
    expect(room.tables.offers.get('assam-second-flush')?.stock).toBe(3);
  });

  it('fold an edit at once', async () => {
    const { room, direct } = roomOf();
    await direct.sendBasketOp(basketMessage({ quantity: 3 }));
    expect(room.tables.baskets.get(basketId)).toMatchObject({ lines: { 'assam-second-flush': { quantity: 3 } } });
  });

  it('go on for as long as the process lives: a basket that is settled hurries none after it', async () => {
    const { room, order, direct } = roomOf();
    await direct.sendBasketOp(basketMessage({ quantity: 3 }));
    await direct.sendOrder(order);
    expect(room.tables.orders.get(order.orderId)).toMatchObject({ status: 'placed' });
  });

  it('throw when the table is busy, and have written nothing', async () => {
    const { room, order, direct } = roomOf({
      orders: (store) => ({ ...store, commitPlan: before([throttled], store.commitPlan) }),
    });
    await expect(direct.sendOrder(order)).rejects.toThrow(WriteNotDone);
    expect(room.tables.orders.size).toBe(0);
  });
});
