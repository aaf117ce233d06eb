import type { PlaceOrderMessage } from '@penstock/domain/messages';
import { describe, expect, it } from 'vitest';
import { anywhere, head, mebibyte, text } from '#testing/bad-messages';
import { basketMessage, moveMessage, orderId, orderLine, orderMessage, recordOf } from '#testing/drain-messages';
import { type Drain, makeDrainRoom } from '#testing/drain-room';
import { offerRow } from '#testing/rows';

const assam = 'assam-second-flush';
const neighbours = [1, 2];
const baskets = neighbours.map((number) => `dGhpcyBpcyBhIGJhc2t${number}bA`);

/** What each queue carries rightly: the neighbours of a bad message, a group each, and whether they were applied. */
const queues = {
  placeOrders: {
    good: (number: number) => orderMessage({ orderId: orderId(number) }),
    isApplied: (room: ReturnType<typeof makeDrainRoom>, number: number) =>
      room.tables.orders.get(orderId(number))?.status === 'placed',
  },
  foldBaskets: {
    good: (number: number) => basketMessage({ quantity: 3 }, { basketId: baskets[number - 1] ?? '' }),
    isApplied: (room: ReturnType<typeof makeDrainRoom>, number: number) =>
      room.tables.baskets.get(baskets[number - 1] ?? '')?.lines[assam]?.quantity === 3,
  },
  moveOrders: {
    good: (number: number) => moveMessage({ orderId: orderId(number), moveId: `good-${number}` }),
    isApplied: (room: ReturnType<typeof makeDrainRoom>, number: number) =>
      room.tables.orders.get(orderId(number))?.status === 'packed',
  },
} as const;
const drains = Object.keys(queues) as readonly Drain[];

/** A bad message between two good ones, in one event. The orders that moves move are there before. */
const work = async (drain: Drain, bad: string) => {
  const room = makeDrainRoom();
  room.tables.offers.set(assam, offerRow({ stock: 100 }));
  const { good, isApplied } = queues[drain];
  if (drain === 'moveOrders')
    expect(
      await room.drain(
        'placeOrders',
        [1, 2, 3].map((number) => orderMessage({ orderId: orderId(number) })),
      ),
    ).toEqual([]);
  const back = await room.run(drain, [
    recordOf(good(1), 0),
    recordOf(bad, 1, { group: 'a group of its own' }),
    recordOf(good(2), 2),
  ]);
  return {
    room,
    back,
    applied: neighbours.filter((number) => isApplied(room, number)),
    letters: [...room.tables.letters.values()],
  };
};

const order = (over: Partial<PlaceOrderMessage> | Record<string, unknown>) =>
  text(orderMessage({ orderId: orderId(3) }), over);
const lines = (...each: readonly object[]) => order({ lines: each.map((line) => ({ ...orderLine(), ...line })) });
const op = (over: object) => text(basketMessage(), { op: { ...basketMessage().op, ...over } });
const move = (over: object) => text(moveMessage({ orderId: orderId(3), moveId: 'bad' }), over);

/** Bad in the one queue, by a field. */
const fields: Readonly<Record<Drain, readonly (readonly [string, string])[]>> = {
  placeOrders: [
    ['a message of the baskets', JSON.stringify(basketMessage())],
    ['no schema', order({ schema: undefined })],
    ['schema 0', order({ schema: 0 })],
    ['a schema in words', order({ schema: 'one' })],
    ['an attempt below nothing', order({ attempt: -1 })],
    ['a time that is none', order({ sentAtMs: null })],
    ['no lines', order({ lines: [] })],
    ['21 lines', lines(...Array.from({ length: 21 }, (_, index) => ({ productId: `product-${index}` })))],
    ['none of a product', lines({ quantity: 0 })],
    ['more than 99 of a product', lines({ quantity: 100 })],
    ['half a product', lines({ quantity: 0.5 })],
    ['a quantity in words', lines({ quantity: '2' })],
    ['a price below nothing', lines({ unitPrice: { amountMinor: -1, currency: 'GBP' } })],
    ['a price of half a penny', lines({ unitPrice: { amountMinor: 0.5, currency: 'GBP' } })],
    ['a number beyond all', order({}).replace('"amountMinor":1250', '"amountMinor":1e999')],
    ['an id in capitals', order({ orderId: orderId(3).toUpperCase() })],
    ['a hash that is short', order({ bodyHash: 'abc' })],
    ['1 MiB of a name', order({ contact: { name: 'x'.repeat(mebibyte - 2000), email: 'a@example.com' } })],
  ],
  foldBaskets: [
    ['a message of the orders', JSON.stringify(orderMessage())],
    ['a quantity of 100', op({ quantity: 100 })],
    ['a quantity below nothing', op({ quantity: -1 })],
    ['neither a line nor a clear', text(basketMessage(), { op: { stamp: { wallMs: 1, counter: 0, device: 'one' } } })],
    ['no stamp', op({ stamp: undefined })],
    ['a stamp before all times', op({ stamp: { wallMs: -1, counter: 0, device: 'one' } })],
    ['a device of 1 MiB', op({ stamp: { wallMs: 1, counter: 0, device: 'x'.repeat(mebibyte - 2000) } })],
    ['a basket of nobody', text(basketMessage(), { basketId: 'mine' })],
  ],
  moveOrders: [
    ['a message of the orders', JSON.stringify(orderMessage())],
    ['a target that no order has', move({ to: 'vanished' })],
    ['a status that nobody saw', move({ statusSeen: 'imagined' })],
    ['no move id', move({ moveId: '' })],
    ['a move id of 129 characters', move({ moveId: 'x'.repeat(129) })],
    ['a mover of no kind', move({ by: 'robot' })],
    ['a name longer than any that is taken', move({ staffName: 'x'.repeat(161) })],
    ['an order that does not exist', move({ orderId: orderId(99) })],
  ],
};

describe.each(drains)('bad input in %s', (drain) => {
  it.each([...anywhere, ...fields[drain]])(
    '[G1] is one letter with its reason, and its neighbours are applied: %s',
    async (_what, bad) => {
      const { back, applied, letters } = await work(drain, bad);
      expect(back).toEqual([]);
      expect(applied).toEqual(neighbours);
      expect(letters).toHaveLength(1);
      expect(letters[0]?.reason).toMatch(/^(unreadable|invalid|unknown-order)$/);
      expect(letters[0]?.detail).not.toBe('');
    },
  );

  it('[A6] waits when it is of a newer release, and its neighbours are applied', async () => {
    const { back, applied, letters } = await work(drain, text(head, { schema: 3, kind: 'of-tomorrow' }));
    expect({ back, applied, letters }).toEqual({ back: ['message-1'], applied: neighbours, letters: [] });
  });
});

describe('input that contradicts itself', () => {
  it('[D1] is refused with its reason: a product that is not there, a price that nobody asked, more than there is', async () => {
    for (const [bad, reason] of [
      [lines({ productId: 'unicorn-tears' }), 'unknown-product'],
      [lines({ unitPrice: { amountMinor: 1, currency: 'GBP' } }), 'price-changed'],
      [lines({ unitPrice: { amountMinor: 1250, currency: 'JPY' } }), 'price-changed'],
      [lines({ quantity: 99 }, { quantity: 99 }), 'out-of-stock'],
    ] as const) {
      const { room, back, applied, letters } = await work('placeOrders', bad);
      expect({ back, applied, letters }).toEqual({ back: [], applied: neighbours, letters: [] });
      expect(room.tables.orders.get(orderId(3))).toMatchObject({ status: 'rejected', reason });
    }
  });

  it('[D1] counts two lines of one product together', async () => {
    const { room, back } = await work('placeOrders', lines({ quantity: 2 }, { quantity: 3 }));
    expect(back).toEqual([]);
    expect(room.tables.orders.get(orderId(3))?.status).toBe('placed');
    expect(room.tables.offers.get(assam)?.stock).toBe(100 - 5 - 2 * neighbours.length);
  });

  it('[E3] a move whose order stands elsewhere is refused, once, and noted', async () => {
    const { room, back, applied, letters } = await work('moveOrders', move({ statusSeen: 'shipped', to: 'delivered' }));
    expect({ back, applied, letters }).toEqual({ back: [], applied: neighbours, letters: [] });
    expect(room.tables.orders.get(orderId(3))?.status).toBe('placed');
    expect([...room.noted.values()].filter(({ moveId }) => moveId === 'bad')).toHaveLength(1);
  });

  it('[C2] an op for another basket than its group is applied to the basket that it names', async () => {
    const { room, back } = await work('foldBaskets', JSON.stringify(basketMessage({ quantity: 7 })));
    expect(back).toEqual([]);
    expect([...room.tables.baskets.values()].map(({ lines: kept }) => kept[assam]?.quantity).sort()).toEqual([3, 3, 7]);
  });
});
