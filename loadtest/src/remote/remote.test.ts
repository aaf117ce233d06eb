import { describe, expect, it } from 'vitest';
import { opReceipt, orderReceipt, stampAt, storedBasket } from '#audit/testing';
import { planOf } from '#plan';
import { auditLooked } from '#remote/audit-looked';
import { addressOf, estimateOf, readTarget, refuseImpossible, requireConfirmation } from '#remote/guard';
import { type LookDeps, lookAtBaskets, lookUntilFinal } from '#remote/look';

const planFor = (journey: 'checkout-rush' | 'mixed', capacity = 20) =>
  planOf({ journey, profile: 'smoke', seed: 1, capacity, shopApiUrl: 'https://shop.example.com/api', socketUrl: '' });

describe('the guard of a deployment', () => {
  it('takes https, and http on this machine alone', () => {
    expect(addressOf(readTarget('https://shop.example.com/api/'))).toBe('https://shop.example.com/api');
    expect(addressOf(readTarget('http://127.0.0.1:4100/api'))).toBe('http://127.0.0.1:4100/api');
  });

  it.each(['http://shop.example.com/api', 'shop.example.com', 'https://u@shop.example.com', 'https://a.example?x=1'])(
    'refuses %s',
    (target) => expect(() => readTarget(target)).toThrow('--target'),
  );

  it('tells what it would do and cost before anybody can confirm it, by the name of the host', () => {
    const target = readTarget('https://shop.example.com/api');
    const plan = planFor('checkout-rush');
    for (const confirmed of [undefined, 'yes', 'example.com'])
      expect(() => requireConfirmation(target, confirmed, plan)).toThrow(
        /about 75 orders, 0 basket edits[\s\S]*real[\s\S]*\$0\.01[\s\S]*--confirm shop\.example\.com/,
      );
    expect(() => requireConfirmation(target, 'shop.example.com', plan)).not.toThrow();
    expect(() => requireConfirmation(readTarget('http://localhost:1/api'), undefined, plan)).not.toThrow();
  });

  it('estimates more for more load, and counts reads and edits too', () => {
    const small = estimateOf(planFor('mixed', 20));
    const large = estimateOf(planFor('mixed', 1000));
    expect(small.reads).toBeGreaterThan(0);
    expect(large.dollars).toBeGreaterThan(small.dollars);
  });

  it.each([
    ['flash-sale', 'smoke'],
    ['watchers', 'smoke'],
    ['checkout-rush', 'rough'],
    ['checkout-rush', 'capacity-step'],
    ['checkout-rush', 'held-back'],
  ] as const)('refuses %s %s, which needs the control address', (journey, profile) => {
    expect(() => refuseImpossible({ journey, profile })).toThrow('one-machine cloud');
  });

  it('lets an overload through', () => {
    expect(() => refuseImpossible({ journey: 'mixed', profile: 'overload-5x' })).not.toThrow();
  });
});

/** A deployment that gives each address these answers in turn, the last one for ever. */
const deployment = (answers: Readonly<Record<string, readonly (readonly [number, unknown])[]>>) => {
  let nowMs = 0;
  const asked: string[] = [];
  const deps: LookDeps = {
    fetch: async (url) => {
      const path = url.replace('http://shop', '');
      const turn = asked.filter((each) => each === path).length;
      asked.push(path);
      const [status, body] = answers[path]?.[turn] ?? answers[path]?.at(-1) ?? [0, undefined];
      return { status, body };
    },
    sleep: async (ms) => {
      nowMs += ms;
    },
    now: () => nowMs,
    isTiredOfWaiting: () => false,
  };
  return { deps, asked };
};

describe('looking at orders from outside', () => {
  const order = (id: string) => orderReceipt({ id, key: id });

  it('asks until each is final, and no order longer than that', async () => {
    const { deps, asked } = deployment({
      '/orders/a': [[200, { status: 'placed' }]],
      '/orders/b': [
        [200, { status: 'accepted' }],
        [0, undefined],
        [200, { status: 'rejected', reason: 'out-of-stock' }],
      ],
    });
    const said = await lookUntilFinal(deps, 'http://shop', [order('a'), order('b')], 60);
    expect(said).toEqual([
      { id: 'a', status: 'placed' },
      { id: 'b', status: 'rejected', reason: 'out-of-stock' },
    ]);
    expect(asked.filter((path) => path === '/orders/a')).toHaveLength(1);
  });

  it('ends when the time is over; what never answered is not called absent', async () => {
    const { deps } = deployment({ '/orders/a': [[404, {}]] });
    expect(await lookUntilFinal(deps, 'http://shop', [order('a'), order('b')], 6)).toEqual([
      { id: 'a', status: 'absent' },
      { id: 'b', status: 'accepted' },
    ]);
  });
});

describe('the audit from outside', () => {
  const op = opReceipt({ stamp: stampAt(5) });

  it('finds nothing in a run that is right', async () => {
    const basket = storedBasket({
      id: op.basketId,
      lines: [{ productId: op.line ?? '', quantity: op.quantity, stamp: op.stamp }],
    });
    const { deps } = deployment({ [`/baskets/${op.basketId}`]: [[200, basket]] });
    const receipts = [orderReceipt({ id: 'a' }), op];
    const baskets = await lookAtBaskets(deps, 'http://shop', receipts);
    const { counts, waiting } = auditLooked(receipts, { orders: [{ id: 'a', status: 'placed' }], baskets });
    expect(waiting).toBe(0);
    expect(counts).toMatchObject({ accepted: 2, placed: 1, lost: 0, doubled: 0, stale: 0 });
  });

  it('catches a lost order, a lost edit and a key that became two orders', () => {
    const receipts = [orderReceipt({ id: 'a', key: 'k' }), orderReceipt({ id: 'b', key: 'k' }), op];
    const orders = [
      { id: 'a', status: 'absent' },
      { id: 'b', status: 'placed' },
    ];
    expect(auditLooked(receipts, { orders, baskets: [] }).counts).toMatchObject({ lost: 2, doubled: 1 });
  });

  it('counts what waits, is held or has another body apart', () => {
    const ids = ['w', 'h', 'm', 'r'];
    const receipts = ids.map((id) => orderReceipt({ id, key: id }));
    const audit = auditLooked(receipts, {
      orders: [
        { id: 'w', status: 'accepted' },
        { id: 'h', status: 'held' },
        { id: 'm', status: 'rejected', reason: 'payload-mismatch' },
        { id: 'r', status: 'rejected', reason: 'out-of-stock' },
      ],
      baskets: [],
    });
    expect(audit).toMatchObject({ waiting: 1, mismatched: 1, counts: { lost: 0, held: 1, rejected: 1, placed: 0 } });
  });
});
