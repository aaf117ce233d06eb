import { randomUUID } from 'node:crypto';
import type { ChangeFrame } from '@penstock/domain/frames';
import { type Operations, operationsSchema } from '@penstock/domain/operations';
import { afterAll, describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, control, drained, staff } from '#http';
import { makeProduct, newBasket, orderBody, postOrder, settled } from '#shopper';
import { openSocket } from '#socket';
import { until } from '#until';

const cloud = givenCloud();
const meters = async () => (await call<Operations>('GET', `${cloud.adminApiUrl}/operations`)).body;
const tableOf = async (name: string) => (await meters()).tables.find((table) => table.name === name);
const switchTo = (change: object) => control(cloud, 'PUT', '/switches', change);
const anOrder = async () =>
  orderBody(await newBasket(cloud), [{ productId: (await makeProduct(cloud, 5)).id, quantity: 1, priceMinor: 500 }]);

afterAll(async () => {
  await switchTo({ ordersPaused: false, adminReadOnly: false, source: { name: 'place-orders', paused: false } });
  await staff(cloud, 'PUT', '/operations/capacity', { table: 'baskets', writePerSecond: 50 });
});

describe('GET /operations and its topic', () => {
  it('shows queues, tables and switches', async () => {
    const seen = await meters();
    expect(operationsSchema.safeParse(seen).error).toBeUndefined();
    expect(seen.queues.map(({ name }) => name)).toEqual(['orders', 'baskets', 'moves']);
  });

  it('sends the same about every two seconds to staff who listen, the time as rev', async () => {
    const socket = await openSocket(cloud, 'staff');
    expect((await socket.subscribe('staff/operations')).topics).toEqual(['staff/operations']);
    await until('three frames', () => socket.changes('staff/operations').length >= 3, 10_000);
    const [first, , third] = socket.changes('staff/operations') as readonly [ChangeFrame, ChangeFrame, ChangeFrame];
    const data = operationsSchema.parse(first.data);
    expect([first.id, first.rev]).toEqual(['operations', Date.parse(data.at)]);
    expect(third.rev - first.rev).toBeGreaterThan(2500);
    expect(third.rev - first.rev).toBeLessThan(8000);
    socket.close();
  });

  it('does not keep the cloud from being drained while somebody listens', async () => {
    const socket = await openSocket(cloud, 'staff');
    await socket.subscribe('staff/operations');
    await drained(cloud, 10_000);
    socket.close();
  });

  it('is for staff alone', async () => {
    const socket = await openSocket(cloud, 'shop');
    expect((await socket.subscribe('staff/operations')).refused).toEqual([
      { topic: 'staff/operations', code: 'topic-forbidden' },
    ]);
    socket.close();
  });
});

describe('PUT /operations/capacity', () => {
  it('moves a table live', async () => {
    const order = { table: 'baskets', writePerSecond: 33 };
    expect(await staff(cloud, 'PUT', '/operations/capacity', order)).toMatchObject({ status: 200, body: order });
    await until('the meter', async () => (await tableOf('baskets'))?.writePerSecond === 33);
  });

  it.each([{ table: 'views', writePerSecond: 5 }, { table: 'orders', writePerSecond: 0 }, { table: 'orders' }])(
    'refuses %j',
    async (body) => {
      expect((await staff(cloud, 'PUT', '/operations/capacity', body)).body).toMatchObject({
        code: 'validation-failed',
      });
    },
  );
});

describe('the switches', () => {
  it('[A5] stop new orders with orders-paused, show it in the health, and know an order that is stored', async () => {
    const key = randomUUID();
    const body = await anOrder();
    const stored = await settled(cloud, (await postOrder(cloud, body, key)).body);
    expect((await switchTo({ ordersPaused: true })).status).toBe(200);
    await until('the health', async () => (await call('GET', `${cloud.shopApiUrl}/health`)).body.ordersPaused === true);
    const refused = await until('a refusal', async () => {
      const answer = await call('POST', `${cloud.shopApiUrl}/orders`, {
        body: await anOrder(),
        headers: { 'idempotency-key': randomUUID() },
      });
      return answer.status === 503 ? answer : undefined;
    });
    expect(refused.body.code).toBe('orders-paused');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('location')).toMatch(/^\/api\/orders\//);
    const repeat = await postOrder(cloud, body, key);
    expect([repeat.status, repeat.body.id]).toEqual([202, stored.id]);
    await switchTo({ ordersPaused: false });
    await until('orders again', async () => (await postOrder(cloud, await anOrder())).status === 202);
  });

  it('make the back office read-only, and open it again by its own API', async () => {
    await staff(cloud, 'PUT', '/operations/switches', { adminReadOnly: true });
    const refused = await until('a refusal', async () => {
      const answer = await staff(cloud, 'PUT', '/products/assam-second-flush', { version: 1 });
      return answer.status === 503 ? answer : undefined;
    });
    expect(refused.body.code).toBe('admin-read-only');
    expect((await call('GET', `${cloud.adminApiUrl}/products/assam-second-flush`)).status).toBe(200);
    const opened = await staff(cloud, 'PUT', '/operations/switches', { adminReadOnly: false });
    expect(opened).toMatchObject({ status: 200, body: { adminReadOnly: false } });
    await until('writes again', async () => (await makeProduct(cloud, 1)).version === 1);
  });

  it('[B2] pause an event source: orders are taken without a stated wait, and placed when it goes on', async () => {
    await switchTo({ source: { name: 'place-orders', paused: true } });
    const accepted = await until('an order without a wait', async () => {
      const answer = await postOrder(cloud, await anOrder());
      return answer.status === 202 && answer.body.estimatedWaitMs === undefined ? answer : undefined;
    });
    expect(accepted.headers.get('retry-after')).toBeNull();
    expect((await meters()).switches.sourcesPaused).toEqual(['place-orders']);
    await switchTo({ source: { name: 'place-orders', paused: false } });
    expect((await settled(cloud, accepted.body)).status).toBe('placed');
  });

  it('know no source that the topology has not', async () => {
    expect((await switchTo({ source: { name: 'place-cards', paused: true } })).status).toBe(400);
  });
});
