import { randomUUID } from 'node:crypto';
import type { StaffOrder } from '@penstock/domain/order';
import { type StaffProduct, staffProductSchema } from '@penstock/domain/product';
import { describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, drained, exported, staff } from '#http';
import { getOrder, makeProduct, marker, newBasket, orderBody, postOrder, settled, stockOf } from '#shopper';
import { until } from '#until';

const cloud = givenCloud();
const query = (parameters: Record<string, unknown>) =>
  `?${Object.entries(parameters)
    .map(([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`)
    .join('&')}`;
const list = <T>(resource: string, parameters: Record<string, unknown>) =>
  call<T[]>('GET', `${cloud.adminApiUrl}/${resource}${query(parameters)}`);
const placed = async (stock = 5, quantity = 1) => {
  const product = await makeProduct(cloud, stock);
  const accepted = await postOrder(
    cloud,
    orderBody(await newBasket(cloud), [{ productId: product.id, quantity, priceMinor: 500 }]),
  );
  return { product, accepted: accepted.body, order: await settled(cloud, accepted.body) };
};

describe("the admin API speaks react-admin's dialect", () => {
  it('lists with filter, range and sort, and both counts', async () => {
    const answer = await list<StaffProduct>('products', { filter: {}, range: [0, 9], sort: ['name', 'ASC'] });
    expect(answer.body).toHaveLength(10);
    for (const record of answer.body) staffProductSchema.parse(record);
    const total = Number(answer.headers.get('x-total-count'));
    expect(total).toBeGreaterThanOrEqual(55);
    expect(answer.headers.get('content-range')).toBe(`products 0-9/${total}`);
  });

  it('answers getMany by ids, whole and unpaged', async () => {
    const ids = (await list<StaffProduct>('products', { filter: {}, range: [0, 29], sort: ['name', 'ASC'] })).body.map(
      (record) => record.id,
    );
    const many = await list<StaffProduct>('products', { filter: { id: ids } });
    expect(many.body.map((record) => record.id).sort()).toEqual([...ids].sort());
  });

  it.each([
    ['products', { filter: {}, range: [0, 9], sort: ['colour', 'ASC'] }],
    ['orders', { filter: {}, range: [0, 9], sort: ['contact.name', 'ASC'] }],
    ['orders', { filter: { city: 'Leeds' }, range: [0, 9] }],
    ['baskets', { filter: {}, range: [0, 9], sort: ['lines', 'ASC'] }],
  ])('refuses a %s list that no index serves and names those that exist', async (resource, parameters) => {
    const answer = await call('GET', `${cloud.adminApiUrl}/${resource}${query(parameters)}`);
    expect([answer.status, answer.body.code]).toEqual([422, 'no-such-index']);
    expect(String(answer.body.detail).length).toBeGreaterThan(20);
  });

  it.each(['filter=nonsense', 'range=[1]', 'sort={}'])('refuses the parameter %s', async (parameter) => {
    const answer = await call('GET', `${cloud.adminApiUrl}/products?${parameter}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'parameter-invalid']);
  });
});

describe('products', () => {
  it('[E1] are edited against the version seen; a sale is no conflict, another edit is, and current is shown', async () => {
    const product = await makeProduct(cloud, 9);
    const accepted = await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]),
    );
    await settled(cloud, accepted.body);
    const edited = await staff<StaffProduct>(cloud, 'PUT', `/products/${product.id}`, {
      ...product,
      name: 'Edited after a sale',
    });
    expect([edited.status, edited.body.name, edited.body.stock.available]).toEqual([200, 'Edited after a sale', 8]);
    const conflict = await staff(cloud, 'PUT', `/products/${product.id}`, {
      version: product.version,
      name: 'Too late',
    });
    expect([conflict.status, conflict.body.code]).toEqual([409, 'version-conflict']);
    expect(conflict.body.current).toMatchObject({ name: 'Edited after a sale', version: edited.body.version });
  });

  it('[E1] raise the rev when only details change, so that open pages follow', async () => {
    const product = await makeProduct(cloud, 1);
    const edited = await staff<StaffProduct>(cloud, 'PUT', `/products/${product.id}`, {
      version: product.version,
      description: 'New words.',
    });
    expect(edited.body.description).toBe('New words.');
    expect(edited.body.rev).toBeGreaterThan(product.rev);
  });

  it('[E2] change stock by delta or by what was seen and wanted, never by setting it; a repeat changes nothing', async () => {
    const product = await makeProduct(cloud, 5);
    const key = randomUUID();
    const change = { version: product.version, stockChange: { delta: 3, reason: 'delivery' } };
    const [first, repeat] = [
      await staff<StaffProduct>(cloud, 'PUT', `/products/${product.id}`, change, { 'idempotency-key': key }),
      await staff<StaffProduct>(cloud, 'PUT', `/products/${product.id}`, change, { 'idempotency-key': key }),
    ];
    expect([first.status, first.body.stock.available, repeat.status, repeat.body.stock.available]).toEqual([
      200, 8, 200, 8,
    ]);
    const counted = await staff<StaffProduct>(cloud, 'PUT', `/products/${product.id}`, {
      version: first.body.version,
      stockChange: { seen: 8, wanted: 6, reason: 'counted' },
    });
    expect(counted.body.stock.available).toBe(6);
    const ignored = await staff<StaffProduct>(cloud, 'PUT', `/products/${product.id}`, {
      version: counted.body.version,
      stock: { available: 999, level: 'in' },
    });
    expect(ignored.body.stock.available).toBe(6);
    const tooMuch = await staff(cloud, 'PUT', `/products/${product.id}`, {
      version: counted.body.version + 1,
      stockChange: { delta: -7, reason: 'lost' },
    });
    expect(tooMuch.status).toBeGreaterThanOrEqual(400);
    const ledger = (await exported<{ productId: string; delta: number }>(cloud, 'stock-edits')).filter(
      (edit) => edit.productId === product.id,
    );
    expect(ledger.map((edit) => edit.delta).sort()).toEqual([-2, 3, 5]);
  });

  it('are archived by DELETE, which answers JSON with the id', async () => {
    const product = await makeProduct(cloud, 1);
    const answer = await call('DELETE', `${cloud.adminApiUrl}/products/${product.id}`, {
      headers: { 'content-type': 'text/plain', 'x-staff-name': 'Sam' },
    });
    expect([answer.status, answer.body.id]).toEqual([200, product.id]);
    expect((await call('GET', `${cloud.adminApiUrl}/products/${product.id}`)).body.archived).toBe(true);
  });

  it('are refused field by field', async () => {
    const answer = await staff(cloud, 'POST', '/products', {
      name: '',
      category: 'Tea!',
      price: { amountMinor: -1, currency: 'GBP' },
    });
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors as object).sort()).toEqual(['category', 'name', 'price.amountMinor']);
  });

  it('that do not exist are 404', async () => {
    expect((await call('GET', `${cloud.adminApiUrl}/products/no-such-tea`)).body.code).toBe('product-not-found');
    expect((await staff(cloud, 'PUT', '/products/no-such-tea', { version: 1, name: 'Nothing' })).status).toBe(404);
  });
});

describe('orders', () => {
  it('are listed by status, newest first, by number, by e-mail and by id', async () => {
    const { order } = await placed();
    const ids = async (filter: object) =>
      (await list<StaffOrder>('orders', { filter, range: [0, 49], sort: ['placedAt', 'DESC'] })).body.map(
        (record) => record.id,
      );
    await until('the index', async () => (await ids({}))[0] !== undefined && (await ids({})).includes(order.id));
    for (const filter of [{ status: 'placed' }, { number: order.number }, { email: marker.email }, { id: [order.id] }])
      expect(await ids(filter)).toContain(order.id);
    expect(await ids({ status: 'shipped' })).not.toContain(order.id);
    const times = (await list<StaffOrder>('orders', { filter: {}, range: [0, 49] })).body.map(
      (record) => record.placedAt,
    );
    expect(times).toEqual([...times].sort().reverse());
  });

  it('[E3] move through their states once each; the answer carries the move that waits', async () => {
    const { order } = await placed();
    for (const status of ['packed', 'shipped', 'delivered']) {
      const answer = await staff<StaffOrder>(cloud, 'PUT', `/orders/${order.id}`, { status });
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({
        id: order.id,
        pending: { status, since: expect.any(String), correlationId: expect.any(String) },
      });
      await until(`the order to be ${status}`, async () => (await getOrder(cloud, order.id)).body.status === status);
    }
    const done = await getOrder(cloud, order.id);
    expect(done.body.timeline.map((entry) => entry.status)).toEqual([
      'accepted',
      'placed',
      'packed',
      'shipped',
      'delivered',
    ]);
    const illegal = await staff(cloud, 'PUT', `/orders/${order.id}`, { status: 'packed' });
    expect([illegal.status, illegal.body.code]).toEqual([409, 'illegal-transition']);
    expect((illegal.body.current as StaffOrder).status).toBe('delivered');
  });

  it('[E3] a move sent twice with one key is made once; a cancel gives the stock back', async () => {
    const { product, order } = await placed(5, 2);
    const key = randomUUID();
    const move = () =>
      staff(
        cloud,
        'PUT',
        `/orders/${order.id}`,
        { status: 'cancelled', statusSeen: 'placed' },
        { 'idempotency-key': key },
      );
    const answers = await Promise.all([move(), move()]);
    expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
    await until('the cancellation', async () => (await getOrder(cloud, order.id)).body.status === 'cancelled');
    await drained(cloud);
    expect(await stockOf(cloud, product.id)).toBe(5);
    expect((await getOrder(cloud, order.id)).body.refusedMove).toBeUndefined();
  });

  it('[E3] of two contrary moves one is made and the other shows as refused', async () => {
    const { order } = await placed();
    const moves = await Promise.all([
      staff(cloud, 'PUT', `/orders/${order.id}`, { status: 'packed', statusSeen: 'placed' }),
      staff(cloud, 'PUT', `/orders/${order.id}`, { status: 'cancelled', statusSeen: 'placed' }),
    ]);
    const accepted = moves.filter((answer) => answer.status === 202).length;
    await drained(cloud);
    const settledOrder = (await getOrder(cloud, order.id)).body;
    expect(['packed', 'cancelled']).toContain(settledOrder.status);
    if (accepted === 2)
      expect(settledOrder.refusedMove).toMatchObject({ status: expect.any(String), reason: expect.any(String) });
  });

  it('show staff the contact, and take a move with the whole record sent back', async () => {
    const { order } = await placed();
    const record = (await call<StaffOrder>('GET', `${cloud.adminApiUrl}/orders/${order.id}`)).body;
    expect(record.contact).toEqual({ name: marker.name, email: marker.email });
    expect(record.moves).toEqual(['packed', 'cancelled']);
    expect((await staff(cloud, 'PUT', `/orders/${order.id}`, { ...record, status: 'packed' })).status).toBe(202);
  });
});

describe('baskets', () => {
  it('are listed, shown and cleared by an op like any other', async () => {
    const product = await makeProduct(cloud, 3);
    const id = await newBasket(cloud);
    await call('PUT', `${cloud.shopApiUrl}/baskets/${id}/lines/${product.id}`, { body: { quantity: 2 } });
    await until('the list', async () =>
      (await list<{ id: string }>('baskets', { filter: {}, range: [0, 99] })).body.some((basket) => basket.id === id),
    );
    expect((await call<{ lines: unknown[] }>('GET', `${cloud.adminApiUrl}/baskets/${id}`)).body.lines).toHaveLength(1);
    const cleared = await call('DELETE', `${cloud.adminApiUrl}/baskets/${id}`, { headers: { 'x-staff-name': 'Sam' } });
    expect([200, 202]).toContain(cleared.status);
    expect(cleared.body.id).toBe(id);
    await until('the clear', async () =>
      (await call<{ lines: { quantity: number }[] }>('GET', `${cloud.shopApiUrl}/baskets/${id}`)).body.lines.every(
        (line) => line.quantity === 0,
      ),
    );
  });
});

describe('pictures', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  type Ticket = { url: string; fields: Record<string, string>; id: string };
  const ticket = async (contentType = 'image/png', size = png.length) =>
    (await staff<Ticket>(cloud, 'POST', '/uploads', { contentType, size })).body;
  const upload = async (
    { url, fields }: Ticket,
    bytes: Uint8Array<ArrayBuffer>,
    overrides: Record<string, string> = {},
  ) => {
    const form = new FormData();
    for (const [key, value] of Object.entries({ ...fields, ...overrides })) form.append(key, value);
    form.append('file', new Blob([bytes], { type: fields['Content-Type'] ?? '' }));
    return (await fetch(url, { method: 'POST', body: form })).status;
  };

  it('go through the signed post and the check of their bytes before anyone sees them', async () => {
    const given = await ticket();
    expect(await upload(given, new Uint8Array(png))).toBeLessThan(300);
    const done = await staff(cloud, 'POST', `/uploads/${given.id}/complete`, {});
    expect([done.status, done.body]).toEqual([
      200,
      { src: expect.stringMatching(/^\/images\//), width: 1, height: 1, type: 'image/png' },
    ]);
    const shown = await fetch(new URL(String(done.body.src), cloud.shopUrl));
    expect([shown.status, shown.headers.get('content-type'), shown.headers.get('x-content-type-options')]).toEqual([
      200,
      'image/png',
      'nosniff',
    ]);
  });

  it('that are tampered with are refused by the policy', async () => {
    const given = await ticket();
    const longer = new Uint8Array(Buffer.concat([png, png]));
    expect(await upload(given, new Uint8Array(png), { key: 'public/evil.html' })).toBeGreaterThanOrEqual(400);
    expect(await upload(given, new Uint8Array(png), { 'Content-Type': 'text/html' })).toBeGreaterThanOrEqual(400);
    expect(await upload(given, longer)).toBeGreaterThanOrEqual(400);
  });

  it('that are no pictures are refused when completed', async () => {
    const text = new Uint8Array(Buffer.from('<script>alert(1)</script>'));
    const given = await ticket('image/png', text.length);
    expect(await upload(given, text)).toBeLessThan(300);
    const done = await staff(cloud, 'POST', `/uploads/${given.id}/complete`, {});
    expect([done.status, done.body.code]).toEqual([422, 'validation-failed']);
  });

  it('that were never sent are 404; a wrong type or size is refused before any upload', async () => {
    const given = await ticket();
    expect((await staff(cloud, 'POST', `/uploads/${given.id}/complete`, {})).status).toBe(404);
    expect((await staff(cloud, 'POST', '/uploads', { contentType: 'image/svg+xml', size: 10 })).status).toBe(422);
    expect((await staff(cloud, 'POST', '/uploads', { contentType: 'image/png', size: 6_000_000 })).status).toBe(422);
  });
});
