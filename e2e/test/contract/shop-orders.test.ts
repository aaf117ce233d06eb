import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, drained, exported } from '#http';
import { getOrder, makeProduct, marker, newBasket, orderBody, postOrder, settled, stockOf } from '#shopper';
import { until } from '#until';

const cloud = givenCloud();

describe('an order', () => {
  it('[A3] is accepted at once with a receipt, a place to look and a wait, and is then placed', async () => {
    const product = await makeProduct(cloud, 10, 950);
    const basketId = await newBasket(cloud);
    const accepted = await postOrder(
      cloud,
      orderBody(basketId, [{ productId: product.id, quantity: 2, priceMinor: 950 }]),
    );
    expect(accepted.status).toBe(202);
    expect(accepted.body).toMatchObject({
      status: 'accepted',
      number: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
    });
    expect(accepted.body.id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
    expect(accepted.headers.get('location')).toBe(`/api/orders/${accepted.body.id}`);
    expect(Number(accepted.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const order = await settled(cloud, accepted.body);
    expect(order).toMatchObject({ status: 'placed', total: { amountMinor: 1900, currency: 'GBP' } });
    expect(order.timeline.map((entry) => entry.status)).toEqual(['accepted', 'placed']);
    expect(await stockOf(cloud, product.id)).toBe(8);
  });

  it('[A2] sent twice with the same key is one order', async () => {
    const product = await makeProduct(cloud, 10);
    const body = orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]);
    const key = randomUUID();
    const answers = await Promise.all([
      postOrder(cloud, body, key),
      postOrder(cloud, body, key),
      postOrder(cloud, body, key),
    ]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const first = answers[0];
    await settled(cloud, first.body);
    const late = await postOrder(cloud, body, key);
    expect(late.body.id).toBe(first.body.id);
    await drained(cloud);
    expect(await stockOf(cloud, product.id)).toBe(9);
  });

  it('[A4] with the same key and another body belongs to the first body stored; the other receipt reads payload-mismatch', async () => {
    const product = await makeProduct(cloud, 10);
    const basketId = await newBasket(cloud);
    const key = randomUUID();
    const first = await postOrder(
      cloud,
      orderBody(basketId, [{ productId: product.id, quantity: 1, priceMinor: 500 }]),
      key,
    );
    await settled(cloud, first.body);
    const second = await postOrder(
      cloud,
      orderBody(basketId, [{ productId: product.id, quantity: 3, priceMinor: 500 }]),
      key,
    );
    expect(second.body.id).toBe(first.body.id);
    await drained(cloud);
    const asSecond = await getOrder(cloud, second.body.id, second.body.receipt);
    expect(asSecond.body).toEqual({ id: first.body.id, status: 'rejected', reason: 'payload-mismatch' });
    const cancelled = await call('POST', `${cloud.shopApiUrl}/orders/${first.body.id}/cancellation`, {
      headers: { 'order-receipt': second.body.receipt },
    });
    expect(cancelled.status).toBeGreaterThanOrEqual(400);
    expect((await getOrder(cloud, first.body.id, first.body.receipt)).body.status).toBe('placed');
    expect(await stockOf(cloud, product.id)).toBe(9);
  });

  it('[D4] that asks for more than there is is refused, naming the line and what is left', async () => {
    const [scarce, plenty] = [await makeProduct(cloud, 1), await makeProduct(cloud, 10)];
    const accepted = await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [
        { productId: scarce.id, quantity: 2, priceMinor: 500 },
        { productId: plenty.id, quantity: 1, priceMinor: 500 },
      ]),
    );
    const order = await settled(cloud, accepted.body);
    expect(order).toMatchObject({
      status: 'rejected',
      reason: 'out-of-stock',
      shortLines: [{ productId: scarce.id, wanted: 2, available: 1 }],
    });
    expect(await stockOf(cloud, plenty.id)).toBe(10);
  });

  it.each([
    ['above the price seen is refused', 499, 'rejected', 'price-changed'],
    ['below the price seen is placed at the lower', 501, 'placed', undefined],
  ])('[D1] whose price now is %s', async (_what, seen, status, reason) => {
    const product = await makeProduct(cloud, 10, 500);
    const accepted = await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: seen }]),
    );
    const order = await settled(cloud, accepted.body);
    expect([order.status, order.reason]).toEqual([status, reason]);
    if (status === 'placed') expect(order.total.amountMinor).toBe(500);
  });

  it('[D1] for a product that does not exist is refused as unknown', async () => {
    const accepted = await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: 'no-such-tea', quantity: 1, priceMinor: 500 }]),
    );
    expect(await settled(cloud, accepted.body)).toMatchObject({ status: 'rejected', reason: 'unknown-product' });
  });

  it('[D4] of twenty buyers for five units: exactly five are placed, the others refused, none oversold', async () => {
    const product = await makeProduct(cloud, 5);
    const accepted = await Promise.all(
      Array.from({ length: 20 }, async () =>
        postOrder(cloud, orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }])),
      ),
    );
    const orders = await Promise.all(accepted.map((answer) => settled(cloud, answer.body)));
    expect(orders.filter((order) => order.status === 'placed')).toHaveLength(5);
    expect(orders.filter((order) => order.reason === 'out-of-stock')).toHaveLength(15);
    expect(await stockOf(cloud, product.id)).toBe(0);
  });

  it('without its receipt shows no name or address; with it, it does; a forged receipt counts as none', async () => {
    const product = await makeProduct(cloud, 10);
    const accepted = await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]),
    );
    await settled(cloud, accepted.body);
    expect((await getOrder(cloud, accepted.body.id)).body).not.toHaveProperty('contact');
    expect((await getOrder(cloud, accepted.body.id, accepted.body.receipt)).body.contact).toEqual({
      name: marker.name,
      email: marker.email,
    });
    const forged = `${accepted.body.receipt.slice(0, -4)}AAAA`;
    expect((await getOrder(cloud, accepted.body.id, forged)).body).not.toHaveProperty('contact');
  });

  it('that nobody placed is 404, whatever is sent as a receipt', async () => {
    const answer = await getOrder(cloud, '01hv3k9zq7c2x5t8w4n6m0p1rs', 'nonsense');
    expect([answer.status, (answer.body as unknown as { code: string }).code]).toEqual([404, 'order-not-found']);
  });

  it('can be cancelled by the holder of its receipt while placed; stock comes back once, and the second try is a success too', async () => {
    const product = await makeProduct(cloud, 4);
    const accepted = await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 3, priceMinor: 500 }]),
    );
    await settled(cloud, accepted.body);
    const cancel = (headers: Record<string, string>) =>
      call('POST', `${cloud.shopApiUrl}/orders/${accepted.body.id}/cancellation`, { headers });
    expect((await cancel({})).status).toBeGreaterThanOrEqual(400);
    expect((await cancel({ 'order-receipt': accepted.body.receipt })).status).toBe(202);
    await until('the cancellation', async () => (await getOrder(cloud, accepted.body.id)).body.status === 'cancelled');
    expect(await stockOf(cloud, product.id)).toBe(4);
    expect((await cancel({ 'order-receipt': accepted.body.receipt })).status).toBe(202);
    await drained(cloud);
    expect(await stockOf(cloud, product.id)).toBe(4);
  });

  it('[C9] removes its lines from the basket, and no line that was edited since', async () => {
    const [first, second] = [await makeProduct(cloud, 9), await makeProduct(cloud, 9)];
    const basketId = await newBasket(cloud);
    const put = async (productId: string, quantity: number) =>
      (
        await call<{ stamp: object }>('PUT', `${cloud.shopApiUrl}/baskets/${basketId}/lines/${productId}`, {
          body: { quantity },
        })
      ).body.stamp;
    const stamps = [await put(first.id, 1), await put(second.id, 1)];
    await put(second.id, 4);
    const accepted = await postOrder(
      cloud,
      orderBody(basketId, [
        { productId: first.id, quantity: 1, priceMinor: 500, stamp: stamps[0] },
        { productId: second.id, quantity: 1, priceMinor: 500, stamp: stamps[1] },
      ]),
    );
    expect((await settled(cloud, accepted.body)).status).toBe('placed');
    await drained(cloud);
    const basket = await call<{ lines: { productId: string; quantity: number }[] }>(
      'GET',
      `${cloud.shopApiUrl}/baskets/${basketId}`,
    );
    const quantities = Object.fromEntries(basket.body.lines.map((line) => [line.productId, line.quantity]));
    expect(quantities).toEqual({ [first.id]: 0, [second.id]: 4 });
  });

  it('[H6] leaves no name, address or basket id in any log', async () => {
    await drained(cloud);
    const log = readFileSync(cloud.logFile, 'utf8');
    expect(log).toContain('order-placed');
    for (const secret of [marker.name, marker.email, marker.line1, 'Quillfeather']) expect(log).not.toContain(secret);
    for (const { id } of await exported<{ id: string }>(cloud, 'baskets')) expect(log).not.toContain(id);
  });
});

describe('a faulty order', () => {
  const send = async (body: unknown, headers: Record<string, string> = { 'idempotency-key': randomUUID() }) =>
    call<{
      code: string;
      errors?: Record<string, string>;
      violations?: unknown[];
      detail: string;
      message: string;
      correlationId: string;
    }>('POST', `${cloud.shopApiUrl}/orders`, typeof body === 'string' ? { raw: body, headers } : { body, headers });
  const good = orderBody('dGhpcyBpcyBhIGJhc2tldA', [{ productId: 'some-tea', quantity: 1, priceMinor: 100 }]);

  it.each([
    ['no key', good, {}, 400, 'idempotency-key-missing'],
    ['a short key', good, { 'idempotency-key': 'short' }, 400, 'idempotency-key-invalid'],
    ['broken JSON', '{"basketId":', { 'idempotency-key': randomUUID() }, 400, 'malformed-json'],
    [
      'another media type',
      '{}',
      { 'idempotency-key': randomUUID(), 'content-type': 'text/plain' },
      415,
      'media-type-unsupported',
    ],
    [
      'a body over 64 KiB',
      { ...good, note: 'x'.repeat(70_000) },
      { 'idempotency-key': randomUUID() },
      413,
      'body-too-large',
    ],
    ['an unknown field', { ...good, discount: 1 }, { 'idempotency-key': randomUUID() }, 422, 'validation-failed'],
    ['no lines', { ...good, lines: [] }, { 'idempotency-key': randomUUID() }, 422, 'validation-failed'],
  ])('with %s answers a problem that names it', async (_what, body, headers, status, code) => {
    const answer = await send(body, headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.message).toBe(answer.body.detail);
    expect(answer.headers.get('x-correlation-id')).toBe(answer.body.correlationId);
  });

  it('[A1] names every field, its fault and its remedy', async () => {
    const answer = await send({
      ...good,
      contact: { name: '', email: 'nobody' },
      lines: [{ productId: 'some-tea', quantity: 100, unitPrice: { amountMinor: 1.5, currency: 'GBP' } }],
    });
    expect(Object.keys(answer.body.errors ?? {}).sort()).toEqual([
      'contact.email',
      'contact.name',
      'lines.0.quantity',
      'lines.0.unitPrice.amountMinor',
    ]);
    for (const violation of answer.body.violations ?? [])
      expect(violation).toMatchObject({ pointer: expect.stringMatching(/^\//), remedy: expect.any(String) });
  });
});
