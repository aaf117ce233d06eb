import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#cloud';
import { call, control, exported } from '#http';
import { type Accepted, makeProduct, newBasket, orderBody, postOrder, settled } from '#shopper';
import { until } from '#until';

let cloud: Cloud;
let productId: string;
beforeAll(async () => {
  cloud = await startCloud(['--capacity', 'orders=20,baskets=20,products=20']);
  productId = (await makeProduct(cloud, 5000)).id;
});
afterAll(async () => {
  await cloud.stop();
});

const anOrder = async () => orderBody(await newBasket(cloud), [{ productId, quantity: 1, priceMinor: 500 }]);
const setCapacity = (writePerSecond: number) =>
  control(cloud, 'PUT', '/capacity', { orders: { writePerSecond }, products: { writePerSecond } });
const pauseOrders = (paused: boolean) =>
  control(cloud, 'PUT', '/switches', { source: { name: 'place-orders', paused } });

describe('a backlog of orders', () => {
  it('[B2] tells waits over three seconds within a factor of two, in the median', async () => {
    const accepted: Accepted[] = [];
    for (let count = 0; count < 240; count += 1) accepted.push((await postOrder(cloud, await anOrder())).body);
    const placedAt = await until(
      'every order to be stored',
      async () => {
        const rows = await exported<{ id: string; timeline: { status: string; at: string }[] }>(cloud, 'orders');
        if (rows.length < accepted.length) return undefined;
        return new Map(rows.map(({ id, timeline }) => [id, Date.parse(timeline.at(-1)?.at ?? '')]));
      },
      120_000,
    );
    const ratios = accepted
      .map(({ id, acceptedAt, estimatedWaitMs }) => {
        const actualMs = (placedAt.get(id) ?? 0) - Date.parse(acceptedAt);
        return { actualMs, ratio: actualMs / estimatedWaitMs };
      })
      .filter(({ actualMs }) => actualMs > 3000)
      .map(({ ratio }) => ratio)
      .sort((left, right) => left - right);
    expect(ratios.length).toBeGreaterThan(30);
    const median = ratios[Math.floor(ratios.length / 2)] ?? 0;
    expect(median).toBeGreaterThan(0.5);
    expect(median).toBeLessThan(2);
  }, 180_000);

  it('[B3] is shed from ten minutes on, but for an order that is stored, and taken again when it drains faster', async () => {
    const key = randomUUID();
    const body = await anOrder();
    const stored = await settled(cloud, (await postOrder(cloud, body, key)).body);
    await pauseOrders(true);
    await until('the pause', async () => (await postOrder(cloud, await anOrder())).body.estimatedWaitMs === undefined);
    for (let count = 0; count < 320; count += 1) await postOrder(cloud, await anOrder());
    await setCapacity(1);
    await pauseOrders(false);
    const shed = await until(
      'a refusal',
      async () => {
        const answer = await call('POST', `${cloud.shopApiUrl}/orders`, {
          body: await anOrder(),
          headers: { 'idempotency-key': randomUUID() },
        });
        return answer.status === 429 ? answer : undefined;
      },
      45_000,
    );
    expect(shed.body.code).toBe('backlog-too-deep');
    expect(Number(shed.headers.get('retry-after'))).toBeGreaterThan(0);
    const repeat = await postOrder(cloud, body, key);
    expect([repeat.status, repeat.body.id]).toEqual([202, stored.id]);
    await setCapacity(100);
    await until('orders to be taken', async () => (await postOrder(cloud, await anOrder())).status === 202, 60_000);
  }, 180_000);
});
