import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#cloud';
import { call, control, drained, exported } from '#http';
import { insist, ordersWhileKilling } from '#kills';
import { makeProduct, newBasket, orderBody } from '#shopper';
import { until } from '#until';

type StoredOrder = { id: string; status: string; lines: { productId: string; quantity: number }[] };

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud(['--capacity', 'orders=200,baskets=200,products=200']);
});
afterAll(async () => {
  await cloud.stop();
});

describe('kill -9 in the middle of a run', () => {
  it.each([
    ['database', 40],
    ['queue', 40],
  ])(
    'of the %s loses no accepted order and applies none twice',
    async (part, count) => {
      expect(await ordersWhileKilling(cloud, part, count)).toEqual({
        accepted: count,
        statuses: ['placed'],
        unitsSold: count,
      });
    },
    240_000,
  );
});

describe('duplicated, reordered and delayed deliveries', () => {
  it('[D7] place every order once and [C2] leave baskets as the last edit wanted them', async () => {
    expect(
      (await control(cloud, 'PUT', '/faults', { seed: 7, sqs: { duplicateShare: 0.3, reorderShare: 0.5 } })).status,
    ).toBeLessThan(300);
    try {
      const product = await makeProduct(cloud, 1000);
      const orders = await Promise.all(
        Array.from({ length: 30 }, async (_, index) =>
          insist(
            cloud,
            orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 2, priceMinor: 500 }]),
            `faulty-delivery-order-${index}`,
          ),
        ),
      );
      const basketId = await newBasket(cloud);
      for (let quantity = 1; quantity <= 12; quantity += 1)
        expect(
          (await call('PUT', `${cloud.shopApiUrl}/baskets/${basketId}/lines/green-tea`, { body: { quantity } })).status,
        ).toBe(202);
      await control(cloud, 'DELETE', '/faults');
      await drained(cloud, 120_000);
      const stored = new Set(
        (await exported<StoredOrder>(cloud, 'orders'))
          .filter((order) => order.status === 'placed')
          .map((order) => order.id),
      );
      for (const order of orders) expect(stored.has(order.id)).toBe(true);
      const left = (await call<{ stock: { available: number } }>('GET', `${cloud.shopApiUrl}/products/${product.id}`))
        .body.stock.available;
      expect(left).toBe(1000 - 60);
      const basket = await call<{ lines: { quantity: number }[] }>('GET', `${cloud.shopApiUrl}/baskets/${basketId}`);
      expect(basket.body.lines[0]?.quantity).toBe(12);
    } finally {
      await control(cloud, 'DELETE', '/faults');
    }
  }, 240_000);
});

describe('a message that nobody understands', () => {
  it('[G1] [G3] becomes a dead letter with its reason and blocks nobody', async () => {
    const product = await makeProduct(cloud, 5);
    const send = async (url: string, body: string, extra: Record<string, string> = {}) => {
      const answer = await fetch(cloud.aws.sqs, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AmazonSQS.SendMessage',
          authorization: `AWS4-HMAC-SHA256 Credential=operator/20261123/${cloud.aws.region}/sqs/aws4_request, SignedHeaders=host, Signature=00`,
        },
        body: JSON.stringify({ QueueUrl: url, MessageBody: body, ...extra }),
      });
      expect(answer.status).toBe(200);
    };
    await send(cloud.queues.orders, 'this is not JSON');
    await send(cloud.queues.orders, JSON.stringify({ schema: 1, kind: 'place-order', orderId: 'short' }));
    await send(cloud.queues.baskets, '{}', { MessageGroupId: 'g', MessageDeduplicationId: 'd1' });
    await send(cloud.queues.moves, '[]', { MessageGroupId: 'g', MessageDeduplicationId: 'd2' });
    const accepted = await insist(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]),
      'neighbour-of-the-poison',
    );
    await drained(cloud, 60_000);
    expect((await call<{ status: string }>('GET', `${cloud.shopApiUrl}/orders/${accepted.id}`)).body.status).toBe(
      'placed',
    );
    const scanned = await fetch(cloud.aws.dynamodb, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.Scan',
        authorization: `AWS4-HMAC-SHA256 Credential=operator/20261123/${cloud.aws.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=00`,
      },
      body: JSON.stringify({ TableName: 'operations' }),
    });
    const { Items } = (await scanned.json()) as {
      Items: { kind?: { S: string }; reason?: { S: string }; queue?: { S: string } }[];
    };
    const letters = Items.filter((item) => item.kind?.S === 'dead-letter');
    expect(letters).toHaveLength(4);
    for (const letter of letters) expect(letter.reason?.S).toBeTruthy();
  });
});

describe('state', () => {
  it('survives stop and start', async () => {
    const data = cloud.dataDir;
    const product = await makeProduct(cloud, 3);
    const accepted = await insist(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]),
      'before-the-stop-of-all',
    );
    cloud.child.kill('SIGTERM');
    await until('the end', () => cloud.child.exitCode !== null);
    cloud = await startCloud(['--capacity', 'orders=200,baskets=200,products=200'], data);
    await drained(cloud, 120_000);
    const answer = await call<{ status: string; contact?: unknown }>(
      'GET',
      `${cloud.shopApiUrl}/orders/${accepted.id}`,
      { headers: { 'order-receipt': accepted.receipt } },
    );
    expect(answer.body.status).toBe('placed');
    expect(answer.body.contact).toBeDefined();
  }, 120_000);
});
