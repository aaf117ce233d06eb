import { randomUUID } from 'node:crypto';
import { type Activity, activitySchema, type DeadLetterView, deadLetterSchema } from '@penstock/domain/dead-letters';
import { afterAll, describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, control, drained, staff } from '#http';
import { type Accepted, getOrder, makeProduct, newBasket, orderBody, postOrder, settled, stockOf } from '#shopper';
import { openSocket } from '#socket';
import { sqs, takeMessage } from '#sqs';
import { until } from '#until';

const cloud = givenCloud();
const pause = (paused: boolean) => control(cloud, 'PUT', '/switches', { source: { name: 'place-orders', paused } });
afterAll(() => pause(false));

type Results = { readonly results: readonly { readonly id: string; readonly outcome: string }[] };
const settle = async (what: 'redrive' | 'discard', body: object) =>
  (await staff<Results>(cloud, 'POST', `/dead-letters/${what}`, { reason: 'a test', ...body })).body.results;
const letterOf = async (id: string): Promise<DeadLetterView | undefined> => {
  const { status, body } = await call<DeadLetterView>('GET', `${cloud.adminApiUrl}/dead-letters/${id}`);
  return status === 200 ? deadLetterSchema.parse(body) : undefined;
};
const listed = async (status: string): Promise<readonly string[]> => {
  const query = new URLSearchParams({ filter: JSON.stringify({ status }) });
  const answer = await call<DeadLetterView[]>('GET', `${cloud.adminApiUrl}/dead-letters?${query}`);
  return answer.body.map(({ id }) => id);
};
const activity = async (): Promise<readonly Activity[]> => {
  const { body } = await call<unknown[]>('GET', `${cloud.adminApiUrl}/activity?range=[0,99]`);
  return body.map((each) => activitySchema.parse(each));
};

/** An accepted order whose message falls into the net under its queue before anybody works it. */
const heldOrder = async (productId: string): Promise<Accepted> => {
  await pause(true);
  // A poll that was under way when the source was paused may still take an order: then the next one is ours.
  const order = await until('an order that nobody works', async () => {
    const body = orderBody(await newBasket(cloud), [{ productId, quantity: 1, priceMinor: 500 }]);
    const accepted = (await postOrder(cloud, body)).body;
    const message = await takeMessage(cloud, cloud.queues.orders, (text) => text.includes(accepted.id));
    if (message === undefined) return undefined;
    const QueueUrl = `${cloud.queues.orders}-dead`;
    await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: message, MessageGroupId: 'held' });
    return accepted;
  });
  await pause(false);
  return order;
};

describe('an order whose message became a dead letter', () => {
  it('[G5] is held, its page and the office hear of it, and a redrive places it once', async () => {
    const product = await makeProduct(cloud, 10);
    const office = await openSocket(cloud, 'staff');
    await office.subscribe('staff/dead-letters');
    const order = await heldOrder(product.id);
    const page = await openSocket(cloud, 'shop');
    await page.subscribe(`order/${order.id}`);
    await until('held', async () => (await getOrder(cloud, order.id, order.receipt)).body.status === 'held');
    expect((await getOrder(cloud, order.id)).status).toBe(404);
    expect(await letterOf(order.id)).toMatchObject({
      orderId: order.id,
      number: order.number,
      sentAt: order.acceptedAt,
      queue: 'orders',
      reason: 'received-too-often',
      redrive: 'possible',
    });
    expect(await listed('open')).toContain(order.id);
    const refetches = () => office.frames.filter(({ type }) => type === 'refetch').length;
    await until('the news in the office', () => refetches() > 0);

    await drained(cloud);
    const before = await stockOf(cloud, product.id);
    const told = refetches();
    const [first, second] = await Promise.all([1, 2].map(() => settle('redrive', { ids: [order.id] })));
    expect([first?.[0]?.outcome, second?.[0]?.outcome]).toContain('requeued');
    expect((await settled(cloud, order)).status).toBe('placed');
    await drained(cloud);
    expect(await stockOf(cloud, product.id)).toBe(before - 1);
    expect(await settle('redrive', { ids: [order.id] })).toEqual([{ id: order.id, outcome: 'already-settled' }]);
    expect(await listed('open')).not.toContain(order.id);
    expect(await listed('requeued')).toContain(order.id);
    await until('the news of the redrive', () => refetches() > told);
    const isRefetch = ({ type }: { readonly type: string }) => type === 'refetch';
    await until('the news on the page of the order', () => page.frames.some(isRefetch));
    expect((await activity()).filter(({ letterId }) => letterId === order.id)).toMatchObject([
      { kind: 'redrive', by: 'Sam', reason: 'a test', queue: 'orders' },
    ]);
    for (const socket of [office, page]) socket.close();
  });

  it('[G5] is rejected with the reason discarded, once, when staff discard it', async () => {
    const product = await makeProduct(cloud, 10);
    const order = await heldOrder(product.id);
    await until('the letter', () => letterOf(order.id));
    await drained(cloud);
    const before = await stockOf(cloud, product.id);
    expect(await settle('discard', { ids: [order.id] })).toEqual([{ id: order.id, outcome: 'discarded' }]);
    const { body } = await getOrder(cloud, order.id, order.receipt);
    expect(body).toMatchObject({ status: 'rejected', reason: 'discarded', contact: {} });
    expect(await settle('discard', { ids: [order.id] })).toEqual([{ id: order.id, outcome: 'already-settled' }]);
    expect(await settle('redrive', { ids: [order.id] })).toEqual([{ id: order.id, outcome: 'already-settled' }]);
    expect(await stockOf(cloud, product.id)).toBe(before);
  });
});

describe('letters of what nobody can read', () => {
  it('[G3] are listed, come back as the same case when redriven in vain, and can be discarded', async () => {
    const text = `nonsense ${randomUUID()}`;
    await sqs(cloud, 'SendMessage', {
      QueueUrl: cloud.queues.baskets,
      MessageBody: text,
      MessageGroupId: 'g',
      MessageDeduplicationId: randomUUID(),
    });
    const withText = async () => {
      const query = new URLSearchParams({ filter: '{"status":"open"}' });
      const answer = await call<DeadLetterView[]>('GET', `${cloud.adminApiUrl}/dead-letters?${query}`);
      return answer.body.filter(({ payload }) => payload === text);
    };
    const [letter] = await until('the letter', async () => ((await withText()).length > 0 ? withText() : undefined));
    expect(letter).toMatchObject({ queue: 'baskets', reason: 'unreadable', attempt: 0 });
    expect((await settle('redrive', { ids: [letter?.id] }))[0]?.outcome).toBe('requeued');
    const again = await until('it to come back', async () => (await withText()).find(({ attempt }) => attempt === 1));
    expect([again.id, (await withText()).length]).toEqual([letter?.id, 1]);
    expect(await settle('discard', { ids: [again.id, 'nobody'] })).toEqual([
      { id: again.id, outcome: 'discarded' },
      { id: 'nobody', outcome: 'gone' },
    ]);
  });

  it('[G3] hold the beginning of a message of 1 MiB, which is larger than a row', async () => {
    await sqs(cloud, 'SendMessage', { QueueUrl: cloud.queues.orders, MessageBody: `"${'x'.repeat(1_048_574)}"` });
    const query = new URLSearchParams({ filter: '{"status":"open"}' });
    const letter = await until('the letter', async () =>
      (await call<DeadLetterView[]>('GET', `${cloud.adminApiUrl}/dead-letters?${query}`)).body.find(({ detail }) =>
        detail.includes('cut from 1048576 bytes'),
      ),
    );
    expect(letter.redrive).toBe('too-large');
    const { status } = await staff(cloud, 'POST', '/dead-letters/redrive', { ids: [letter.id], reason: 'a test' });
    expect(status).toBe(422);
    expect((await settle('discard', { ids: [letter.id] }))[0]?.outcome).toBe('discarded');
  });
});

describe('GET /activity', () => {
  it('lists an edit of stock and a move, newest first', async () => {
    const product = await makeProduct(cloud, 3);
    const order = (
      await postOrder(
        cloud,
        orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]),
      )
    ).body;
    await settled(cloud, order);
    await staff(cloud, 'PUT', `/orders/${order.id}`, { status: 'packed' });
    const moved = await until('the move', async () => (await activity()).find(({ orderId }) => orderId === order.id));
    expect(moved).toMatchObject({ kind: 'move', status: 'packed', outcome: 'applied', by: 'Sam' });
    const list = await activity();
    expect(list.find(({ productId }) => productId === product.id)).toMatchObject({ kind: 'stock-edit', delta: 3 });
    const times = list.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });
});

describe('what the dead-letter calls refuse', () => {
  it.each([
    ['redrive', {}],
    ['redrive', { ids: ['a'], all: true }],
    ['discard', { ids: [] }],
    ['discard', { all: true }],
  ])('%s of %j', async (what, body) => {
    const answer = await staff(cloud, 'POST', `/dead-letters/${what}`, { reason: 'a test', ...body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation-failed' } });
  });

  it('a discard without a reason', async () => {
    expect((await staff(cloud, 'POST', '/dead-letters/discard', { ids: ['a'] })).status).toBe(422);
  });
});
