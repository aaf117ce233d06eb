import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#cloud';
import { control, drained, exported } from '#http';
import { insist } from '#kills';
import { makeProduct, newBasket, orderBody } from '#shopper';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(async () => {
  await cloud.stop();
});

type StoredOrder = { id: string; status: string };
type StoredProduct = { id: string; stock: { available: number } };

describe('in rough weather', () => {
  it('[D7] 60 orders of 40 units are each decided once: conflicts, lost replies, 500s, stale reads, duplicates', async () => {
    const stocked = 40;
    const product = await makeProduct(cloud, stocked);
    const basketId = await newBasket(cloud);
    const faults = {
      seed: 11,
      dynamodb: { conflictShare: 0.1, replyLostShare: 0.05, errorShare: 0.02, staleMs: 500 },
      sqs: { duplicateShare: 0.2, reorderShare: 0.3, sendErrorShare: 0.05, replyLostShare: 0.05 },
    };
    expect((await control(cloud, 'PUT', '/faults', faults)).status).toBe(204);
    const accepted = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 30));
        const body = orderBody(basketId, [{ productId: product.id, quantity: 1, priceMinor: 500 }]);
        return insist(cloud, body, `rough-weather-order-${index}-aaaa`);
      }),
    );
    await drained(cloud, 200_000);
    expect((await control(cloud, 'DELETE', '/faults')).status).toBe(204);
    await drained(cloud, 60_000);
    const stored = new Map((await exported<StoredOrder>(cloud, 'orders')).map(({ id, status }) => [id, status]));
    const statuses = accepted.map(({ id }) => stored.get(id));
    const left = (await exported<StoredProduct>(cloud, 'products')).find(({ id }) => id === product.id)?.stock
      .available;
    expect({
      orders: new Set(accepted.map(({ id }) => id)).size,
      placed: statuses.filter((status) => status === 'placed').length,
      rejected: statuses.filter((status) => status === 'rejected').length,
      left,
    }).toEqual({ orders: 60, placed: stocked, rejected: 20, left: 0 });
  }, 300_000);
});
