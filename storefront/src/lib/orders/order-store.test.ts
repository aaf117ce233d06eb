import type { AcceptedOrder, PlaceOrder } from '@penstock/domain/order';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDraft, writeDraft } from '#lib/orders/draft.ts';
import { makeOrderStore } from '#lib/orders/order-store.ts';
import { makeSetAside } from '#lib/storage/set-aside.ts';
import { fakeHttp, memoryRecords, problem, settle } from '#lib/testing/fakes.ts';

const id = '01hv3k9zq7c2x5t8w4n6m0p1rs';
const accepted: AcceptedOrder = {
  id,
  number: '01HV3-K9ZQ7',
  status: 'accepted',
  receipt: 'r1.good-receipt',
  acceptedAt: '2026-11-23T10:00:00.000Z',
  estimatedWaitMs: 40_000,
};
const body: PlaceOrder = {
  basketId: 'AAAAAAAAAAAAAAAAAAAAAA',
  lines: [{ productId: 'tea', quantity: 2, unitPrice: { amountMinor: 500, currency: 'GBP' } }],
  contact: { name: 'Ada', email: 'ada@example.com' },
  address: { line1: '1 Weir Lane', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB' },
};

const openStore = (answer: Parameters<typeof fakeHttp>[0], records = memoryRecords()) => {
  const { http, calls } = fakeHttp(answer);
  const setAside = makeSetAside();
  const store = makeOrderStore({ http, device: { now: () => Date.now() }, records, setAside, random: () => 0 });
  return { store, calls, setAside, records };
};
const begin = async ({ store }: ReturnType<typeof openStore>): Promise<void> => {
  await store.begin(body, new Map([['tea', 'Sencha']]));
  await settle();
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the orders of a browser, joined', () => {
  it('show an order from the press on, with its lines and total, in every state', async () => {
    let answer: () => unknown = () => {
      throw problem(503, 'queue-unavailable');
    };
    const room = openStore(() => answer());
    await begin(room);
    const total = { amountMinor: 1000, currency: 'GBP' };
    expect(room.store.mine()).toMatchObject([{ state: 'sending', total, lines: [{ name: 'Sencha' }] }]);
    answer = () => accepted;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.store.mine()).toMatchObject([{ state: 'accepted', id, total, isWaiting: true }]);
    expect(room.store.receipt(id)).toMatchObject({ contact: { name: 'Ada' }, lines: [{ name: 'Sencha' }] });
    // A reload: the same records, another page.
    const reloaded = openStore(() => accepted, room.records);
    await settle();
    expect(reloaded.store.mine()).toMatchObject([{ state: 'accepted', id, total, estimatedWaitMs: 40_000 }]);
  });

  it('[A5] are not withdrawn once sent, and are while offline', async () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const room = openStore(() => accepted);
    await begin(room);
    const [order] = room.store.mine();
    expect([order?.canWithdraw, room.calls]).toEqual([true, []]);
    expect(await room.store.withdraw(order?.begunId ?? '')).toBe(true);
    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect([room.store.mine(), room.calls]).toEqual([[], []]);

    const busy = openStore(() => {
      throw problem(503, 'queue-unavailable');
    });
    await begin(busy);
    const [sent] = busy.store.mine();
    expect(sent?.canWithdraw).toBe(false);
    expect(await busy.store.withdraw(sent?.begunId ?? '')).toBe(false);
    expect(busy.store.mine()).toHaveLength(1);
  });

  it('[A5] a page of a gateway is no verdict once the order was sent', async () => {
    const answers = [problem(504, 'gateway'), problem(403, 'gateway')];
    const room = openStore(() => {
      throw answers.shift() ?? problem(403, 'gateway');
    });
    await begin(room);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.store.mine()).toMatchObject([{ state: 'sending' }]);
  });

  it('tell what was turned down until it is dismissed, after a reload too', async () => {
    const room = openStore(() => {
      throw problem(422, 'validation-failed', { 'address.postcode': 'Enter a postcode.' });
    });
    await begin(room);
    const reloaded = openStore(() => accepted, room.records);
    await settle();
    const [order] = reloaded.store.mine();
    expect(order).toMatchObject({ state: 'turned-down', isBadNews: true, contact: { name: 'Ada' } });
    reloaded.store.dismiss({ begunId: order?.begunId, id: undefined });
    await settle();
    expect(reloaded.store.mine()).toEqual([]);
  });
});

describe('a browser that refuses to keep a receipt', () => {
  it('keeps it as long as the page, and says so', async () => {
    const setItem = (): void => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: () => null, removeItem: () => {}, setItem });
    const room = openStore(() => accepted);
    await begin(room);
    expect(room.store.receipt(id)?.receipt).toBe(accepted.receipt);
    expect(room.store.isDurable()).toBe(false);
  });
});

describe('the draft of the checkout', () => {
  const typed = { name: 'Ada', line1: '1 Weir Lane' };

  it('goes with the order that it belongs to, whichever page is open', async () => {
    writeDraft(typed);
    await begin(openStore(() => accepted));
    expect(readDraft(makeSetAside()).name).toBeUndefined();
  });

  it('stays when the shopper wants it remembered, and when it is already for another order', async () => {
    writeDraft({ ...typed, isRemembered: true });
    await begin(openStore(() => accepted));
    expect(readDraft(makeSetAside()).name).toBe('Ada');
    writeDraft({ name: 'Grace', line1: '2 Weir Lane' });
    await begin(openStore(() => ({ ...accepted, id: '01hv3k9zq7c2x5t8w4n6m0p1rt' })));
    expect(readDraft(makeSetAside()).name).toBe('Grace');
  });

  it.each([['null'], ['5'], ['{"name":7,"constructor":"x"}'], ['{']])('is empty when it was kept as %s', (raw) => {
    localStorage.setItem('penstock.checkout-draft', raw);
    expect(readDraft(makeSetAside()).name).toBeUndefined();
  });
});

describe('what a browser keeps of its orders, damaged', () => {
  it('never stops the shop: the bad order is set aside, the good one is shown', async () => {
    const room = openStore(() => accepted);
    await begin(room);
    const book = (await room.records.read('orders')) as { readonly attempts: readonly unknown[] };
    const damaged = memoryRecords();
    await damaged.update('orders', () => ({ ...book, attempts: [{ state: 'sending' }, null, ...book.attempts] }));
    localStorage.setItem('penstock.order.01hv3k9zq7c2x5t8w4n6m0p1rt', '{"receipt":5}');
    localStorage.setItem('penstock.order.01hv3k9zq7c2x5t8w4n6m0p1rv', 'null');
    const reloaded = openStore(() => accepted, damaged);
    await settle();
    expect(reloaded.store.mine().map((order) => order.id)).toEqual([id]);
    expect(reloaded.setAside.current()).toContain('orders');
    expect(localStorage.getItem('penstock.aside.order.01hv3k9zq7c2x5t8w4n6m0p1rt')).toBe('[{"receipt":5}]');
  });
});
