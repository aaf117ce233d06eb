import { randomUUID } from 'node:crypto';
import type { DeadLetterView } from '@penstock/domain/dead-letters';
import { afterAll, describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, drained, staff } from '#http';
import { getOrder, makeProduct, newBasket, orderBody, postOrder, settled, stockOf } from '#shopper';
import { sqs } from '#sqs';
import { until } from '#until';

const cloud = givenCloud();
const openLetters = async (): Promise<readonly DeadLetterView[]> => {
  const query = new URLSearchParams({ filter: '{"status":"open"}', range: '[0,99]' });
  return (await call<DeadLetterView[]>('GET', `${cloud.adminApiUrl}/dead-letters?${query}`)).body;
};
const head = { schema: 1, correlationId: 'bad-input', sentAtMs: Date.now(), attempt: 0 };
/** Messages that no release of ours would send; each is found again by the mark in it. */
const bad = (mark: string): readonly string[] => [
  `no JSON ${mark}`,
  `"${mark}"`,
  JSON.stringify([mark]),
  JSON.stringify({ ...head, mark }),
  JSON.stringify({ ...head, mark, kind: 'drain-the-lake' }),
  JSON.stringify({ ...head, mark, schema: 0, kind: 'place-order' }),
  JSON.stringify({ ...head, mark, kind: 'place-order', orderId: '../../etc/passwd', lines: [] }),
  JSON.stringify({ ...head, mark, kind: 'basket-op', basketId: mark, op: { line: 'x', quantity: -1 } }),
  JSON.stringify({ ...head, mark, kind: 'move-order', orderId: mark, to: 'vanished' }),
  `${mark}${'['.repeat(50_000)}`,
];
const marks: string[] = [];
afterAll(async () => {
  const ids = (await openLetters())
    .filter(({ payload }) => marks.some((mark) => payload.includes(mark)))
    .map(({ id }) => id);
  for (let at = 0; at < ids.length; at += 25)
    await staff(cloud, 'POST', '/dead-letters/discard', { ids: ids.slice(at, at + 25), reason: 'a test' });
});

const send = (queue: keyof typeof cloud.queues, MessageBody: string) =>
  sqs(cloud, 'SendMessage', {
    QueueUrl: cloud.queues[queue],
    MessageBody,
    ...(queue === 'orders' ? {} : { MessageGroupId: randomUUID(), MessageDeduplicationId: randomUUID() }),
  });

describe('messages that nobody of ours sent', () => {
  it.each(['orders', 'baskets', 'moves'] as const)(
    '[G1] to %s are one letter each, and hold nobody up',
    async (queue) => {
      const mark = `mark-${randomUUID()}`;
      marks.push(mark);
      const product = await makeProduct(cloud, 10);
      const basket = await newBasket(cloud);
      const setLine = () =>
        call('PUT', `${cloud.shopApiUrl}/baskets/${basket}/lines/${product.id}`, { body: { quantity: 4 } });
      const body = orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]);
      const moved = (
        await postOrder(
          cloud,
          orderBody(
            await newBasket(cloud),
            body.lines.map((line) => ({ ...line, priceMinor: 500 })),
          ),
        )
      ).body;
      await settled(cloud, moved);

      const messages = bad(mark);
      await Promise.all(messages.slice(0, 5).map((text) => send(queue, text)));
      const placed = (await postOrder(cloud, body)).body;
      expect((await setLine()).status).toBe(202);
      expect((await staff(cloud, 'PUT', `/orders/${moved.id}`, { status: 'packed' })).status).toBeLessThan(300);
      await Promise.all(messages.slice(5).map((text) => send(queue, text)));

      expect((await settled(cloud, placed)).status).toBe('placed');
      await until('the move', async () => (await getOrder(cloud, moved.id, moved.receipt)).body.status === 'packed');
      await until('the basket', async () => {
        const { body: kept } = await call<{ lines: { quantity: number }[] }>(
          'GET',
          `${cloud.shopApiUrl}/baskets/${basket}`,
        );
        return kept.lines[0]?.quantity === 4;
      });
      const ours = async () => (await openLetters()).filter(({ payload }) => payload.includes(mark));
      const letters = await until('all letters', async () => {
        const found = await ours();
        return found.length >= messages.length ? found : undefined;
      });
      await drained(cloud);
      // A list holds the beginning of a message, 2,000 characters; the whole of it comes by id.
      expect((await ours()).map(({ payload }) => payload).sort()).toEqual(
        messages.map((text) => text.slice(0, 2000)).sort(),
      );
      for (const letter of letters) expect(letter).toMatchObject({ queue, reason: 'unreadable', attempt: 0 });
    },
  );

  it('[G1] with half a character in a name, which no table takes, are refused at the door, and a letter behind it', async () => {
    const product = await makeProduct(cloud, 10);
    const line = { productId: product.id, quantity: 1, priceMinor: 500 };
    const half = { contact: { name: '\ud83d', email: 'half@character.example' } };
    expect((await postOrder(cloud, orderBody(await newBasket(cloud), [line], half))).status).toBe(400);

    const basketId = await newBasket(cloud);
    const mark = `mark-${randomUUID()}`;
    marks.push(mark);
    const { lines, address } = orderBody(basketId, [line]);
    const orderId = randomUUID().replaceAll('-', '').slice(0, 26);
    const acceptedAt = new Date().toISOString();
    const bodyHash = '0'.repeat(64);
    const order = { ...head, kind: 'place-order', orderId, bodyHash, acceptedAt, basketId, lines, address, ...half };
    await send('orders', JSON.stringify({ ...order, emailHash: mark }));
    const neighbour = (await postOrder(cloud, orderBody(await newBasket(cloud), [line]))).body;
    expect((await settled(cloud, neighbour)).status).toBe('placed');
    const letter = await until('the letter', async () =>
      (await openLetters()).find(({ payload }) => payload.includes(mark)),
    );
    expect(letter).toMatchObject({ id: orderId, queue: 'orders', reason: 'invalid', attempt: 0 });
    await drained(cloud);
    expect(await stockOf(cloud, product.id)).toBe(9);
  });
});
