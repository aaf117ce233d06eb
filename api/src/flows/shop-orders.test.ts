import { orderIdOf, orderIdPattern } from '@penstock/domain/ids';
import { placeOrderMessageSchema } from '@penstock/domain/messages';
import { orderBodyHash } from '@penstock/domain/order-body';
import { readReceipt } from '@penstock/domain/receipt';
import { orderOf } from '@penstock/platform/testing/drain-rows';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '#compose';
import { basketId, key, makeShopRoom, orderBody } from '#testing/shop-room';

const keyed = { 'Idempotency-Key': key };
const line = (quantity: number, rest: object = {}) => ({ ...orderBody().lines[0], quantity, ...rest });
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => line(1, { productId: `product-${index}` }));

const accept = async (room = makeShopRoom(), body: unknown = orderBody()) => {
  const answer = await room.call('POST /api/orders', { headers: keyed, body });
  return { room, answer, id: String(answer.body.id), receipt: String(answer.body.receipt) };
};

const show = (room: ReturnType<typeof makeShopRoom>, id: string, receipt?: string) =>
  room.call('GET /api/orders/{id}', {
    parameters: { id },
    headers: receipt === undefined ? {} : { 'Order-Receipt': receipt },
  });

describe('[T1] POST /orders takes names and addresses of any script', () => {
  it.each(['Ann 😀', '𠮷野家', 'شاي أخضر', '👨‍👩‍👧‍👦', 'Žofie', 'O'])('%s', async (name) => {
    const address = { line1: `${name} 🍵`, city: name, country: 'HK' };
    const { room, answer } = await accept(
      makeShopRoom(),
      orderBody({ contact: { name, email: ' info@müller.de\u200B' }, address }),
    );
    expect(answer.status).toBe(202);
    expect(room.sent.orders[0]).toMatchObject({
      contact: { name, email: 'info@müller.de' },
      address: { ...address, postcode: '' },
    });
  });
});

describe('[C3] the stamp of an order line', () => {
  const stamped = (wallMs: number) => ({ wallMs, counter: 0, device: 'devicedevice' });

  it('far ahead is refused at its place, with the time of the server', async () => {
    const stamp = stamped(9_999_999_999_999);
    const { room, answer } = await accept(
      makeShopRoom(),
      orderBody({ lines: [line(1, { productId: 'kenya-black' }), line(1, { stamp })] }),
    );
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'stamp-out-of-range', violations: [{ pointer: '/lines/1/stamp/wallMs' }] },
    });
    expect(answer.body.detail).toContain(String(room.now()));
    expect(room.sent.orders).toEqual([]);
  });

  it('may be as old as a basket gets: whoever comes back after weeks can order what lies in it', async () => {
    const room = makeShopRoom();
    const stamp = stamped(room.now() - 59 * 24 * 60 * 60 * 1000);
    const { answer } = await accept(room, orderBody({ lines: [line(1, { stamp })] }));
    expect(answer.status).toBe(202);
    expect(room.sent.orders[0]?.lines[0]?.stamp).toEqual(stamp);
  });
});

describe('[A1] POST /orders refuses field by field', () => {
  it.each([
    ['no lines', { lines: [] }, 'lines'],
    ['21 products', { lines: lines(21) }, 'lines'],
    ['quantity 0', { lines: [line(0)] }, 'lines.0.quantity'],
    ['quantity 100', { lines: [line(100)] }, 'lines.0.quantity'],
    ['half a unit', { lines: [line(1.5)] }, 'lines.0.quantity'],
    [
      'a total that cannot be counted',
      { lines: [line(99, { unitPrice: { amountMinor: 1e15, currency: 'GBP' } })] },
      'lines.0.unitPrice.amountMinor',
    ],
    ['a reserved word', { lines: [line(1, { productId: 'constructor' })] }, 'lines.0.productId'],
    ['a product id of capitals', { lines: [line(1, { productId: 'ASSAM' })] }, 'lines.0.productId'],
    [
      'another currency',
      { lines: [line(1, { unitPrice: { amountMinor: 1, currency: 'USD' } })] },
      'lines.0.unitPrice.currency',
    ],
    [
      'equal products at two prices',
      { lines: [line(1), line(1, { unitPrice: { amountMinor: 1, currency: 'GBP' } })] },
      'lines.1.productId',
    ],
    ['equal products, 100 together', { lines: [line(50), line(50)] }, 'lines.1.productId'],
    ['no e-mail address', { contact: { name: 'Ada', email: 'ada' } }, 'contact.email'],
    ['an unknown field', { discount: 5 }, 'discount'],
    ['a basket id of five letters', { basketId: 'short' }, 'basketId'],
  ])('%s', async (_title, change, field) => {
    const { room, answer } = await accept(makeShopRoom(), orderBody(change));
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
    expect(answer.body.violations[0].pointer).toBe(`/${field.replaceAll('.', '/')}`);
    expect(room.sent.orders).toEqual([]);
  });

  it('takes 20 products, and merges equal ones that agree', async () => {
    const { room, answer } = await accept(makeShopRoom(), orderBody({ lines: [...lines(19), line(40), line(59)] }));
    expect(answer.status).toBe(422);
    const merged = await accept(makeShopRoom(), orderBody({ lines: [...lines(18), line(40), line(59)] }));
    expect(merged.answer.status).toBe(202);
    expect(merged.room.sent.orders[0]?.lines.at(-1)).toMatchObject({ quantity: 99 });
    expect(room.sent.orders).toEqual([]);
  });

  it.each([
    ['over 64 KiB', `{"pad":"${'é'.repeat(33_000)}"}`, {}, 413, 'body-too-large'],
    ['not JSON', '{"basketId":', {}, 400, 'malformed-json'],
    ['empty', '', {}, 400, 'malformed-json'],
    ['half a character', '{"name":"\\ud83d"}', {}, 400, 'malformed-json'],
    ['the other half', '{"name":"\\ud83d\\ude00\\uDE00"}', {}, 400, 'malformed-json'],
    ['halves that a backslash parts', '{"name":"\\ud83d\\\\\\ude00"}', {}, 400, 'malformed-json'],
    ['a whole character', '{"name":"\\ud83d\\ude00 \\\\ud83d"}', {}, 422, 'validation-failed'],
    ['a form', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'media-type-unsupported'],
    ['null', 'null', {}, 422, 'validation-failed'],
    ['a list', '[]', {}, 422, 'validation-failed'],
    ['a prototype', '{"__proto__":{"basketId":"x"}}', {}, 422, 'validation-failed'],
  ])('a body that is %s is a problem, never a fault', async (_title, body, headers, status, code) => {
    const answer = await makeShopRoom().call('POST /api/orders', { headers: { ...keyed, ...headers }, body });
    expect(answer).toMatchObject({ status, body: { code } });
  });
});

describe('[A2] the order id', () => {
  it('needs an Idempotency-Key of 16 to 128 visible ASCII characters', async () => {
    const room = makeShopRoom();
    const code = async (headers: Record<string, string>) =>
      (await room.call('POST /api/orders', { headers, body: orderBody() })).body.code;
    expect(await code({})).toBe('idempotency-key-missing');
    for (const bad of ['fifteen-letters', 'k'.repeat(129), 'a key with spaces in', 'schlüssel-mit-umlaut'])
      expect(await code({ 'Idempotency-Key': bad })).toBe('idempotency-key-invalid');
    expect(room.sent.orders).toEqual([]);
  });

  it('is derived from basket and key: a repeat is the same order, another key or basket another', async () => {
    const { room, id } = await accept();
    expect(id).toMatch(orderIdPattern);
    expect(id).toBe(await orderIdOf(nodeCrypto.sha256, basketId, key));
    expect((await accept(room)).id).toBe(id);
    const other = orderBody({ basketId: 'AAAAAAAAAAAAAAAAAAAAAA' });
    expect((await accept(room, other)).id).not.toBe(id);
  });

  it('goes with the hash of the body as accepted, which travels in the message', async () => {
    const { room } = await accept(makeShopRoom(), orderBody({ lines: [line(1), line(2)] }));
    const [message] = room.sent.orders;
    const hash = await orderBodyHash(nodeCrypto.sha256, orderBody({ lines: [line(3)] }) as never);
    expect(message?.bodyHash).toBe(hash);
    expect(placeOrderMessageSchema.parse(message)).toEqual(message);
    expect(message).toMatchObject({ schema: 1, attempt: 0, correlationId: 'minted-correlation' });
  });
});

describe('[A3] an accepted order', () => {
  it('answers 202 with receipt, Location and the estimated wait', async () => {
    const { room, answer, id, receipt } = await accept();
    expect(answer).toMatchObject({
      status: 202,
      headers: { location: `/api/orders/${id}`, 'retry-after': '3' },
      body: { status: 'accepted', estimatedWaitMs: 2400, acceptedAt: '2025-11-23T10:00:00.000Z' },
    });
    expect(await readReceipt(nodeCrypto.hmac, room.ring, receipt)).toEqual({
      id,
      bodyHash: room.sent.orders[0]?.bodyHash,
      acceptedAtMs: room.now(),
      kid: 'k1',
    });
  });

  it('is known by its receipt before any row is stored, and a retired key keeps verifying', async () => {
    const { room, id, receipt } = await accept();
    room.ring.keys.k2 = Buffer.from('second-key-of-the-ring').toString('base64');
    (room.ring as { current: string }).current = 'k2';
    const answer = await show(room, id, receipt);
    expect(answer).toMatchObject({ status: 200, body: { id, rev: 0, status: 'accepted' } });
    expect(answer.headers['retry-after']).toBe('3');
    expect(answer.body).not.toHaveProperty('delayed');
  });

  it('says so when it is delayed or held', async () => {
    const { room, id, receipt } = await accept();
    room.pass(10 * 60_000 + 1);
    room.held.add(id);
    expect((await show(room, id, receipt)).body).toMatchObject({ status: 'held', delayed: true });
  });

  it.each([
    ['none', undefined],
    ['a forged one', 'r1.k1.01hv3k9zq7c2x5t8w4n6m0p1rs.1763892000000.x.y'],
  ])('is 404 without a receipt that proves it: %s', async (_title, receipt) => {
    const { room, id } = await accept();
    expect(await show(room, id, receipt)).toMatchObject({ status: 404, body: { code: 'order-not-found' } });
  });

  it("is not proved by another order's receipt", async () => {
    const room = makeShopRoom();
    const { receipt } = await accept(room);
    const { id } = await accept(room, orderBody({ basketId: 'AAAAAAAAAAAAAAAAAAAAAA' }));
    expect((await show(room, id, receipt)).status).toBe(404);
  });

  it('writes neither name, address, e-mail nor receipt to the log', async () => {
    const { room, id, receipt } = await accept();
    await show(room, id, receipt);
    expect(room.lines.join()).toContain(id);
    expect(room.lines.join()).not.toMatch(/Ada|example\.com|High Street|LS1 1AA|r1\./i);
  });
});

describe('[A4] the first body stored owns the id', () => {
  const stored = async (hashOf: (hash: string) => string) => {
    const { room, id, receipt } = await accept();
    room.put(orderOf({ id, bodyHash: hashOf(room.sent.orders[0]?.bodyHash ?? '') }));
    return { room, id, receipt };
  };

  it('shows contact and address to the receipt of this body alone', async () => {
    const { room, id, receipt } = await stored((hash) => hash);
    expect((await show(room, id, receipt)).body).toMatchObject({ status: 'placed', contact: { name: 'Ada' } });
    const open = (await show(room, id)).body;
    expect(open).toMatchObject({ status: 'placed' });
    expect(JSON.stringify(open)).not.toMatch(/Ada|High Street/);
  });

  it('answers payload-mismatch, and nothing else, to the receipt of another body, which may not cancel', async () => {
    const { room, id, receipt } = await stored(() => 'f'.repeat(64));
    expect((await show(room, id, receipt)).body).toEqual({ id, status: 'rejected', reason: 'payload-mismatch' });
    const answer = await room.call('POST /api/orders/{id}/cancellation', {
      parameters: { id },
      headers: { 'Order-Receipt': receipt },
    });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'illegal-transition', current: { reason: 'payload-mismatch' } },
    });
    expect(room.sent.moves).toEqual([]);
  });
});

describe('[A5] an order whose sending failed', () => {
  it('is not confirmed: 503 with Retry-After and Location, and the same body and key may be sent again', async () => {
    const room = makeShopRoom({
      orders: { queue: { sendOrder: () => Promise.reject(new Error('down')), sendMove: async () => undefined } },
    });
    const { answer } = await accept(room);
    const id = await orderIdOf(nodeCrypto.sha256, basketId, key);
    expect(answer).toMatchObject({
      status: 503,
      headers: { location: `/api/orders/${id}`, 'retry-after': '1' },
      body: { code: 'queue-unavailable', retryAfterSeconds: 1 },
    });
    expect(answer.body.detail).toMatch(/^Not confirmed/);
    expect(answer.body.detail).not.toMatch(/not taken|down/);
    expect(JSON.stringify(answer.body)).not.toContain('receipt');
  });

  it('[G6] looks at every failed send: one repeat, a log line each', async () => {
    let tries = 0;
    const room = makeShopRoom({
      orders: {
        queue: {
          sendOrder: async () => {
            tries += 1;
            if (tries === 1) throw new Error('reply lost');
          },
          sendMove: async () => undefined,
        },
      },
    });
    expect((await accept(room)).answer.status).toBe(202);
    expect(tries).toBe(2);
    expect(room.lines.filter((each) => each.includes('send-failed'))).toHaveLength(1);
  });

  it('touches no table of the shop while it is accepted', async () => {
    const untouchable = () => Promise.reject(new Error('a table was read'));
    const room = makeShopRoom({ orders: { orders: { read: untouchable }, letters: { isHeld: untouchable } } });
    expect((await accept(room)).answer.status).toBe(202);
  });
});

describe('[E3] the shopper cancels', () => {
  const cancel = (room: ReturnType<typeof makeShopRoom>, id: string, headers: Record<string, string>) =>
    room.call('POST /api/orders/{id}/cancellation', { parameters: { id }, headers });
  const placed = async (overrides: Parameters<typeof orderOf>[0] = {}) => {
    const { room, id, receipt } = await accept();
    room.put(orderOf({ id, bodyHash: room.sent.orders[0]?.bodyHash ?? '', ...overrides }));
    return { room, id, receipt };
  };

  it('with the receipt while the order is placed', async () => {
    const { room, id, receipt } = await placed();
    const answer = await cancel(room, id, { 'Order-Receipt': receipt, 'Idempotency-Key': 'move-1' });
    expect(answer).toMatchObject({ status: 202, headers: { location: `/api/orders/${id}`, 'retry-after': '1' } });
    expect(room.sent.moves).toMatchObject([
      { orderId: id, moveId: 'move-1', to: 'cancelled', statusSeen: 'placed', by: 'shopper' },
    ]);
  });

  it('and a repeat of an applied move is the same success, sent no more', async () => {
    const at = '2025-11-23T10:00:00.000Z';
    const { room, id, receipt } = await placed({
      status: 'cancelled',
      history: [{ status: 'cancelled', at, moveId: 'move-1' }],
    });
    const answer = await cancel(room, id, { 'Order-Receipt': receipt, 'Idempotency-Key': 'move-1' });
    expect(answer).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    expect(room.sent.moves).toEqual([]);
  });

  it('and an order that is cancelled already is a success, whoever cancelled it', async () => {
    const { room, id, receipt } = await placed({ status: 'cancelled' });
    const answer = await cancel(room, id, { 'Order-Receipt': receipt });
    expect(answer).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    expect(room.sent.moves).toEqual([]);
  });

  it('not once it is packed, not before it is placed, and never without the receipt', async () => {
    const { room, id, receipt } = await placed({ status: 'packed' });
    expect(await cancel(room, id, { 'Order-Receipt': receipt })).toMatchObject({
      status: 409,
      body: { code: 'illegal-transition', current: { status: 'packed' } },
    });
    expect((await cancel(room, id, {})).status).toBe(404);
    const waiting = await accept();
    expect(await cancel(waiting.room, waiting.id, { 'Order-Receipt': waiting.receipt })).toMatchObject({
      status: 409,
      body: { current: { status: 'accepted' } },
    });
    expect([...room.sent.moves, ...waiting.room.sent.moves]).toEqual([]);
  });

  it('names an order id that cannot be one', async () => {
    expect(await cancel(makeShopRoom(), 'nonsense', {})).toMatchObject({
      status: 400,
      body: { code: 'parameter-invalid', violations: [{ pointer: '/id' }] },
    });
  });
});
