import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planLimits, planOrders } from '#core/plan-orders';
import { orderId, orderLine, orderMessage, stampOf } from '#testing/drain-messages';
import { offerRow } from '#testing/rows';

const at = '2025-11-23T10:00:01.000Z';
const assam = 'assam-second-flush';
const offersOf = (...offers: readonly Partial<ReturnType<typeof offerRow>>[]) =>
  new Map(offers.map(offerRow).map((offer) => [offer.id, offer]));
const wants = (number: number, ...quantities: readonly number[]) =>
  orderMessage({
    orderId: orderId(number),
    lines: quantities.map((quantity, index) => orderLine({ productId: `tea-number-${index}`, quantity })),
  });
const teas = (...stocks: readonly number[]) =>
  offersOf(...stocks.map((stock, index) => ({ id: `tea-number-${index}`, stock })));
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe('planOrders', () => {
  it('[D3] sums the decrements of a product and plans in the order of arrival', () => {
    const { plan, refused, waiting } = planOrders([wants(1, 3, 1), wants(2, 2), wants(3, 2)], teas(6, 1), at);
    expect(idsOf(plan.orders)).toEqual([orderId(1), orderId(2)]);
    expect(plan.decrements).toEqual([
      { productId: 'tea-number-0', units: 5, priceMinor: 1250 },
      { productId: 'tea-number-1', units: 1, priceMinor: 1250 },
    ]);
    expect([refused, waiting]).toEqual([[], [orderId(3)]]);
  });

  it('[D4] refuses on the stock itself and lets wait who merely lost to others', () => {
    const { plan, refused, waiting } = planOrders([wants(1, 3), wants(2, 4), wants(3, 6)], teas(5), at);
    expect(idsOf(plan.orders)).toEqual([orderId(1)]);
    expect(waiting).toEqual([orderId(2)]);
    expect(refused).toMatchObject([
      {
        id: orderId(3),
        status: 'rejected',
        reason: 'out-of-stock',
        shortLines: [{ productId: 'tea-number-0', wanted: 6, available: 5 }],
      },
    ]);
  });

  it('[D1] refuses all of an order for one line, and names every short one with what is left', () => {
    const { plan, refused } = planOrders([wants(1, 3, 2, 9)], teas(2, 5, 8), at);
    expect(plan).toEqual({ orders: [], decrements: [], at });
    expect(refused[0]?.shortLines).toEqual([
      { productId: 'tea-number-0', wanted: 3, available: 2 },
      { productId: 'tea-number-2', wanted: 9, available: 8 },
    ]);
  });

  it.each([
    ['is unknown', offersOf({ id: 'another-tea' })],
    ['is archived', offersOf({ archived: true })],
  ])('[D1] refuses an order of a product that %s', (_why, offers) => {
    const { refused } = planOrders([orderMessage()], offers, at);
    expect(refused).toMatchObject([
      { reason: 'unknown-product', shortLines: [{ productId: assam, wanted: 2, available: 0 }] },
    ]);
  });

  it.each([
    ['above the price seen refuses', { priceMinor: 1251 }, { status: 'rejected', reason: 'price-changed' }],
    ['in another currency refuses', { currency: 'EUR' }, { status: 'rejected', reason: 'price-changed' }],
    ['at the price seen places', {}, { status: 'placed', totalMinor: 2500 }],
    ['below it places at the lower', { priceMinor: 1000 }, { status: 'placed', totalMinor: 2000 }],
  ])('[D1] a price %s', (_what, offer, row) => {
    const { plan, refused } = planOrders([orderMessage()], offersOf(offer), at);
    expect([...plan.orders, ...refused]).toMatchObject([row]);
    for (const { priceMinor } of plan.decrements) expect(priceMinor).toBe(offersOf(offer).get(assam)?.priceMinor);
  });

  it('makes the row of a placed order', () => {
    const message = orderMessage({ lines: [orderLine({ stamp: stampOf(3) })] });
    const { plan } = planOrders([message], offersOf({ priceMinor: 1000 }), at);
    const { contact, address } = message;
    expect(plan.orders).toEqual([
      {
        id: orderId(),
        schema: 1,
        number: '01HV3-K9ZQ7',
        rev: 1,
        bodyHash: 'a'.repeat(64),
        basketId: message.basketId,
        status: 'placed',
        lines: [
          {
            productId: assam,
            name: 'Assam second flush',
            quantity: 2,
            priceMinor: 1000,
            stamp: '1763892000000.3.device-one',
          },
        ],
        totalMinor: 2000,
        currency: 'GBP',
        contact,
        address,
        acceptedAt: '2025-11-23T10:00:00.000Z',
        placedAt: at,
        history: [{ status: 'placed', at }],
        correlationId: 'correlation-1',
        recentShard: expect.stringMatching(/^[0-3]$/),
        recentAt: `${at}#${orderId()}`,
        openShard: expect.stringMatching(/^placed#[0-3]$/),
        emailHash: 'b'.repeat(64),
      },
    ]);
  });

  it('keeps a refused order out of the index of open ones', () => {
    const { refused } = planOrders([orderMessage()], new Map(), at);
    expect(refused[0]).not.toHaveProperty('openShard');
    expect(refused[0]?.recentAt).toBe(`${at}#${orderId()}`);
  });

  it('[D3] closes a plan that is full, and nobody overtakes who found no room', () => {
    const limits = { actionsMax: 4, bytesMax: 1_000_000 };
    const { plan, waiting } = planOrders([wants(1, 1), wants(2, 1, 1), wants(3, 1)], teas(9, 9), at, limits);
    expect(idsOf(plan.orders)).toEqual([orderId(1), orderId(2)]);
    expect(waiting).toEqual([orderId(3)]);
    const narrow = planOrders([wants(1, 1), wants(2, 1, 1), wants(3, 1)], teas(9, 9), at, { ...limits, actionsMax: 3 });
    expect(narrow.waiting).toEqual([orderId(2), orderId(3)]);
    const light = planOrders([wants(1, 1), wants(2, 1)], teas(9), at, { ...limits, bytesMax: 900 });
    expect(light.waiting).toEqual([orderId(2)]);
  });

  it('[D3] charges no table more than its limit: two units a product, two for each begun KB of an order', () => {
    const orders = [wants(1, 1, 1), wants(2, 1, 1), wants(3, 1, 1, 1)];
    const placedWith = (unitsMax: { orders?: number; products?: number }) =>
      planOrders(orders, teas(9, 9, 9), at, { ...planLimits, unitsMax }).plan.orders.length;
    expect(placedWith({})).toBe(3);
    expect([5, 6].map((products) => placedWith({ products }))).toEqual([2, 3]);
    const unitsOf = (row: object) => 2 * Math.ceil(Buffer.byteLength(JSON.stringify(row)) / 1024);
    const units = planOrders(orders, teas(9, 9, 9), at)
      .plan.orders.map(unitsOf)
      .reduce((sum, each) => sum + each);
    expect([1, units - 1, units].map((orders) => placedWith({ orders }))).toEqual([1, 2, 3]);
  });

  it('[D3] always has room for an order alone', () => {
    const twenty = wants(1, ...Array.from({ length: 20 }, () => 99));
    const stocks = teas(...Array.from({ length: 20 }, () => 99));
    const lone = { actionsMax: 1, bytesMax: 1, unitsMax: { orders: 1, products: 1 } };
    expect(planOrders([twenty], stocks, at, lone).plan.orders).toHaveLength(1);
    expect(planOrders([twenty], stocks, at).plan.decrements).toHaveLength(20);
  });

  it('[D3] never plans more than is there, and forgets nobody', () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    const stocks = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(quantities, { maxLength: 12 }), stocks, (orders, stock) => {
        const messages = orders.map((each, index) => wants(index, ...each));
        const offers = teas(...stock);
        const { plan, refused, waiting } = planOrders(messages, offers, at);
        for (const { productId, units } of plan.decrements) {
          expect(units).toBeLessThanOrEqual(offers.get(productId)?.stock ?? 0);
          const lines = plan.orders.flatMap((order) => order.lines).filter((line) => line.productId === productId);
          expect(lines.reduce((sum, line) => sum + line.quantity, 0)).toBe(units);
        }
        const ids = [...idsOf(plan.orders), ...idsOf(refused), ...waiting];
        expect(ids.sort()).toEqual(messages.map((message) => message.orderId).sort());
        if (messages.length > refused.length) expect(plan.orders.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
