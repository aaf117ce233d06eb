import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reserveMs } from '#core/deadline';
import {
  basketMessage,
  moveMessage,
  orderId,
  orderLine,
  orderMessage,
  recordOf,
  stampOf,
} from '#testing/drain-messages';
import type { Drain } from '#testing/drain-room';
import { offerRow } from '#testing/rows';
import { makeStarvedWorld, type Starved, timeoutMs } from '#testing/starved-world';

const numRuns = Number(process.env.MODEL_RUNS ?? 60);
const drains = ['placeOrders', 'foldBaskets', 'moveOrders'] as const;

const starved: fc.Arbitrary<Starved> = fc.record({
  capacity: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 60 })),
  instances: fc.integer({ min: 1, max: 8 }),
  rowKb: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});
const counts = fc.record({ messages: fc.integer({ min: 1, max: 10 }), lines: fc.integer({ min: 1, max: 20 }) });
type Counts = { readonly messages: number; readonly lines: number };

const productOf = (index: number, line: number) => `tea-number-${(index * 7 + line) % 40}`;
const messagesOf = (drain: Drain, { messages, lines }: Counts) =>
  Array.from({ length: messages }, (_, index) => {
    if (drain === 'foldBaskets')
      return basketMessage({ counter: index }, { basketId: `dGhpcyBpcyBhIGJhc2tldA`.replace('dGhp', `dGh${index}`) });
    if (drain === 'moveOrders')
      return moveMessage({ orderId: orderId(index), moveId: `move-${index}`, statusSeen: 'delivered' });
    const wanted = Array.from({ length: lines }, (__, line) =>
      orderLine({ productId: productOf(index, line), quantity: 1, stamp: stampOf(line) }),
    );
    return orderMessage({ orderId: orderId(index), lines: wanted });
  });

const worldOf = async (drain: Drain, given: Starved) => {
  const world = makeStarvedWorld(drain, given);
  for (let number = 0; number < 40; number += 1)
    world.room.tables.offers.set(`tea-number-${number}`, offerRow({ id: `tea-number-${number}`, stock: 1000 }));
  if (drain === 'moveOrders')
    for (let index = 0; index < 10; index += 1)
      world.room.tables.orders.set(orderId(index), { ...(await placedRow()), id: orderId(index) });
  return world;
};
const placedRow = async () => {
  const world = makeStarvedWorld('placeOrders', { capacity: 1000, instances: 1, rowKb: 1, seed: 1 });
  world.room.tables.offers.set('assam-second-flush', offerRow({ stock: 5 }));
  await world.invoke([recordOf(orderMessage())]);
  const row = world.room.tables.orders.get(orderId());
  if (row === undefined) throw new Error('not placed');
  return row;
};

describe.each(drains)('%s where a table has next to nothing to give', (drain) => {
  it('[F6] is back before its time-out less the reserve, whatever it did, and puts back what it did not', async () => {
    await fc.assert(
      fc.asyncProperty(starved, counts, async (given, count) => {
        const { room, invoke } = await worldOf(drain, given);
        const records = messagesOf(drain, count).map((message, index) => recordOf(message, index));
        for (let times = 0; times < 3; times += 1) {
          room.deferred.splice(0);
          const { tookMs, back } = await invoke(records);
          expect(tookMs).toBeLessThan(timeoutMs[drain] - reserveMs);
          const deferred = room.deferred.flatMap(({ messages }) => messages.map(({ messageId }) => messageId));
          expect(deferred.toSorted()).toEqual(back.toSorted());
        }
      }),
      { numRuns },
    );
  }, 60_000);

  it('[F6] gets everything done in the end, at one WCU a second with eight instances too', async () => {
    const { room, settle } = await worldOf(drain, { capacity: 1, instances: 8, rowKb: 3, seed: 7 });
    expect(await settle(messagesOf(drain, { messages: 10, lines: 2 }), 200)).toBeLessThan(200);
    expect(room.tables.letters.size).toBe(0);
  });

  it('[F7] writes its lease when it is asked for, however long the writes wait', async () => {
    const { invoke, beats } = await worldOf(drain, { capacity: 1, instances: 2, rowKb: 5, seed: 3 });
    for (let times = 0; times < 4; times += 1)
      await invoke(messagesOf(drain, { messages: 10, lines: 4 }).map((message, index) => recordOf(message, index)));
    expect(beats.length).toBeGreaterThan(1);
    for (const { askedMs, writtenMs } of beats) expect(writtenMs - askedMs).toBeLessThan(50);
  });
});

describe('ten orders at 2 WCU with two instances', () => {
  it('[F6] do not hold their invocation for 18 s: it ends in time, and some of them are placed', async () => {
    const { room, invoke } = await worldOf('placeOrders', { capacity: 2, instances: 2, rowKb: 1, seed: 1 });
    const messages = messagesOf('placeOrders', { messages: 10, lines: 1 });
    const { tookMs, back } = await invoke(messages.map((message, index) => recordOf(message, index)));
    expect(tookMs).toBeLessThan(timeoutMs.placeOrders - reserveMs);
    expect(room.tables.orders.size).toBeGreaterThan(0);
    expect(back.length).toBe(10 - room.tables.orders.size);
  });
});
