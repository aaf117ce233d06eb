import { describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, drained, staff } from '#http';
import { makeProduct, newBasket } from '#shopper';
import { until } from '#until';

const cloud = givenCloud();
type BasketBody = {
  id: string;
  rev: number;
  lines: { productId: string; quantity: number; stamp: object; unavailable?: true }[];
};
const getBasket = async (id: string) => (await call<BasketBody>('GET', `${cloud.shopApiUrl}/baskets/${id}`)).body;
const put = (id: string, productId: string, body: unknown) =>
  call('PUT', `${cloud.shopApiUrl}/baskets/${id}/lines/${productId}`, { body });
const stamp = (offsetMs: number, counter = 0, device = 'device-aa') => ({
  wallMs: Date.now() + offsetMs,
  counter,
  device,
});

describe('a basket', () => {
  it('[C1] has an unguessable id, and any well-formed id answers, empty at rev 0', async () => {
    const created = await call('POST', `${cloud.shopApiUrl}/baskets`);
    expect([created.status, created.body]).toEqual([
      201,
      { id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/), rev: 0, lines: [] },
    ]);
    expect(created.headers.get('location')).toBe(`/api/baskets/${created.body.id}`);
    expect(await getBasket('AAAAAAAAAAAAAAAAAAAAAA')).toEqual({ id: 'AAAAAAAAAAAAAAAAAAAAAA', rev: 0, lines: [] });
    expect((await call('GET', `${cloud.shopApiUrl}/baskets/short`)).body.code).toBe('parameter-invalid');
  });

  it('[C2] takes ops at once and settles on the highest stamp, in whatever order they come', async () => {
    const id = await newBasket(cloud);
    const [older, newer] = [stamp(-2000), stamp(-1000)];
    const answers = [
      await put(id, 'green-tea', { quantity: 5, stamp: newer }),
      await put(id, 'green-tea', { quantity: 1, stamp: older }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
    expect(answers[0]?.body).toEqual({
      basketId: id,
      productId: 'green-tea',
      quantity: 5,
      stamp: newer,
      status: 'accepted',
    });
    await drained(cloud);
    expect((await getBasket(id)).lines).toEqual([{ productId: 'green-tea', quantity: 5, stamp: newer }]);
  });

  it('[C4] keeps 3, 4, 3 within five minutes apart', async () => {
    const id = await newBasket(cloud);
    for (const quantity of [3, 4, 3]) expect((await put(id, 'green-tea', { quantity })).status).toBe(202);
    await drained(cloud);
    expect((await getBasket(id)).lines[0]?.quantity).toBe(3);
  });

  it('lists removed lines with quantity 0; the clear removes every line', async () => {
    const id = await newBasket(cloud);
    await put(id, 'green-tea', { quantity: 2 });
    await put(id, 'black-tea', { quantity: 1 });
    expect((await call('DELETE', `${cloud.shopApiUrl}/baskets/${id}/lines/green-tea`)).status).toBe(202);
    await drained(cloud);
    expect((await getBasket(id)).lines.map(({ productId, quantity }) => [productId, quantity])).toEqual([
      ['black-tea', 1],
      ['green-tea', 0],
    ]);
    expect((await call('DELETE', `${cloud.shopApiUrl}/baskets/${id}`)).status).toBe(202);
    await drained(cloud);
    expect((await getBasket(id)).lines.every((line) => line.quantity === 0)).toBe(true);
  });

  it.each([
    ['more than 10 s ahead', 11_000],
    ['older than 14 days', -15 * 86_400_000],
  ])('[C3] refuses a stamp %s and says the server time', async (_what, offset) => {
    const answer = await put(await newBasket(cloud), 'green-tea', { quantity: 1, stamp: stamp(offset) });
    expect([answer.status, answer.body.code]).toEqual([422, 'stamp-out-of-range']);
    expect(Math.abs(Number(answer.headers.get('x-server-time')) - Date.now())).toBeLessThan(5000);
  });

  it.each([
    [{ quantity: 100 }, 'quantity'],
    [{ quantity: -1 }, 'quantity'],
    [{ quantity: 1.5 }, 'quantity'],
    [{}, 'quantity'],
    [{ quantity: 1, stamp: { wallMs: 1, counter: 0, device: 'x' } }, 'stamp.device'],
  ])('refuses %j and names %s', async (body, field) => {
    const answer = await put(await newBasket(cloud), 'green-tea', body);
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors as object)).toContain(field);
  });

  it('marks a line whose product was archived', async () => {
    const product = await makeProduct(cloud, 3);
    const id = await newBasket(cloud);
    await put(id, product.id, { quantity: 1 });
    await staff(cloud, 'DELETE', `/products/${product.id}`);
    await until('the mark', async () => (await getBasket(id)).lines[0]?.unavailable === true);
  });
});
