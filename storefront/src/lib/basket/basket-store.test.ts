import { foldBasket, type SetLineOp, viewBasketLines } from '@penstock/domain/basket-fold';
import { packStamp } from '@penstock/domain/stamps';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BasketStore, makeBasketStore } from '#lib/basket/basket-store.ts';
import { makeSetAside } from '#lib/storage/set-aside.ts';
import { fakeHttp, fakeLive, memoryRecords, problem, settle } from '#lib/testing/fakes.ts';

const shown = (basket: BasketStore) => basket.current().lines.map(({ productId, quantity }) => [productId, quantity]);
type Put = { readonly quantity: number; readonly stamp: SetLineOp['stamp'] };

/** A shop with one basket: what is PUT is folded at once; `refuse` stands in the way. */
const makeShop = () => {
  let refuse: ((path: string) => void) | undefined;
  let unreadable: Error | undefined;
  let state = foldBasket({ lines: new Map() }, []);
  let rev = 0;
  const { live, change } = fakeLive();
  const { http, calls } = fakeHttp(({ method, path, body }) => {
    const id = path.split('/')[2];
    const view = () => ({ id, rev, lines: viewBasketLines(state) });
    if (method === 'GET') {
      if (unreadable !== undefined) throw unreadable;
      return view();
    }
    refuse?.(path);
    const { quantity, stamp } = body as Put;
    state = foldBasket(state, [{ line: path.split('/').at(-1) ?? '', quantity, stamp }]);
    rev += 1;
    const frame = view();
    queueMicrotask(() => change(`basket/${id}`, frame.rev, frame));
    return {};
  });
  let ordered: readonly string[] = [];
  let tell = (): void => {};
  let nowMs = 1_000_000;
  const records = memoryRecords();
  const turnedDown: string[] = [];
  const open = (tab: string, from = records): BasketStore =>
    makeBasketStore({
      http,
      clock: { now: () => nowMs },
      device: { now: () => Date.now() },
      tab,
      records: from,
      setAside: makeSetAside(),
      live,
      random: () => 0,
      orderedStamps: () => ordered,
      onTurnedDown: (op) => turnedDown.push(op.line),
      onOrderedChange: (listener) => {
        tell = listener;
        return () => {};
      },
    });
  return {
    open,
    turnedDown,
    puts: () => calls.filter(({ method }) => method === 'PUT').map(({ body }) => body as Put),
    refuseWith: (error: Error | undefined) => {
      refuse =
        error &&
        (() => {
          throw error;
        });
    },
    failReads: (error: Error | undefined) => {
      unreadable = error;
    },
    setClock: (ms: number) => {
      nowMs = ms;
    },
    order: (stamps: readonly string[]) => {
      ordered = stamps;
      tell();
    },
  };
};

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('the basket of a browser', () => {
  it('shows an edit at once and calls it saved when the register says so', async () => {
    const shop = makeShop();
    const basket = shop.open('tab-aaaaaa');
    basket.setQuantity('tea', 2);
    expect(basket.current().lines[0]).toMatchObject({ productId: 'tea', quantity: 2, saving: 'saving' });
    await settle();
    expect(basket.current().lines[0]?.saving).toBe('saved');
  });

  it('is the same in two tabs, and after a reload that lost the last write to IndexedDB', async () => {
    const shop = makeShop();
    const first = shop.open('tab-aaaaaa');
    first.setQuantity('tea', 2);
    await settle();
    const second = shop.open('tab-bbbbbb');
    await settle();
    second.setQuantity('tea', 5);
    await settle();
    expect([shown(first), shown(second)]).toEqual([[['tea', 5]], [['tea', 5]]]);
    const id = first.current().id;
    const op = { line: 'mug', quantity: 1, stamp: { wallMs: 1_000_001, counter: 0, device: 'tab-cccccc' } };
    localStorage.setItem(`penstock.journal.basket.${id}.tab-cccccc`, JSON.stringify([{ type: 'edited', op, atMs: 1 }]));
    const third = shop.open('tab-dddddd');
    await settle();
    expect(shown(third)).toEqual([
      ['mug', 1],
      ['tea', 5],
    ]);
  });

  it('[A5] keeps sending the same op while the server is busy, and says so after 4 s', async () => {
    const shop = makeShop();
    const basket = shop.open('tab-aaaaaa');
    shop.refuseWith(problem(503, 'queue-unavailable'));
    basket.setQuantity('tea', 1);
    await settle();
    expect(basket.current().isLate).toBe(false);
    await vi.advanceTimersByTimeAsync(4000);
    expect(basket.current().isLate).toBe(true);
    shop.refuseWith(undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(basket.current().isLate).toBe(false);
    expect(new Set(shop.puts().map(({ stamp }) => packStamp(stamp))).size).toBe(1);
  });

  it('[C3] stamps everything again, in order, when the server refuses a stamp', async () => {
    const shop = makeShop();
    const basket = shop.open('tab-aaaaaa');
    shop.refuseWith(problem(503, 'queue-unavailable'));
    basket.setQuantity('tea', 1);
    basket.setQuantity('mug', 1);
    await settle();
    const before = shop.puts().length;
    shop.refuseWith(problem(422, 'stamp-out-of-range'));
    shop.setClock(500_000);
    await vi.advanceTimersByTimeAsync(300);
    shop.refuseWith(undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    const sent = shop.puts().slice(before).slice(-2);
    expect(sent.map(({ stamp }) => [stamp.wallMs, stamp.counter])).toEqual([
      [500_000, 0],
      [500_000, 1],
    ]);
    expect(shown(basket)).toEqual([
      ['mug', 1],
      ['tea', 1],
    ]);
  });

  it('is asked for until there is an answer: a basket that was never read looks empty', async () => {
    const shop = makeShop();
    const first = shop.open('tab-aaaaaa');
    first.setQuantity('tea', 2);
    await settle();
    shop.failReads(problem(503, 'store-busy'));
    const device = shop.open('tab-bbbbbb', memoryRecords());
    await vi.advanceTimersByTimeAsync(5000);
    expect(shown(device)).toEqual([]);
    shop.failReads(undefined);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown(device)).toEqual([['tea', 2]]);
  });

  it('takes out what the server will never take, and says so', async () => {
    const shop = makeShop();
    const basket = shop.open('tab-aaaaaa');
    shop.refuseWith(problem(422, 'validation-failed'));
    basket.setQuantity('tea', 1);
    await settle();
    expect([shown(basket), shop.turnedDown]).toEqual([[], ['tea']]);
  });

  it('[C9] hides the lines of an order, shows a later edit, and gives back what was dropped', async () => {
    const shop = makeShop();
    const basket = shop.open('tab-aaaaaa');
    basket.setQuantity('tea', 2);
    await settle();
    const line = basket.current().lines[0];
    if (line === undefined) throw new Error('no line');
    shop.order([packStamp(line.stamp)]);
    expect(shown(basket)).toEqual([]);
    basket.setQuantity('tea', 1);
    expect(shown(basket)).toEqual([['tea', 1]]);
    shop.order([]);
    basket.giveBack(basket.current().id ?? '', [
      { productId: 'tea', quantity: 2, stamp: line.stamp },
      { productId: 'mug', quantity: 3, stamp: { wallMs: 1, counter: 0, device: 'tab-aaaaaa' } },
    ]);
    expect(shown(basket)).toEqual([
      ['mug', 3],
      ['tea', 1],
    ]);
  });
});
