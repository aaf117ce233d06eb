import { fc, test } from '@fast-check/vitest';
import type { Basket } from '@penstock/domain/basket';
import {
  type BasketOp,
  type BasketState,
  emptyBasket,
  foldBasket,
  viewBasketLines,
} from '@penstock/domain/basket-fold';
import type { Stamp } from '@penstock/domain/stamps';
import { describe, expect, it } from 'vitest';
import { emptyOutbox, nextToSend, type Outbox, optimisticLines, reduceOutbox, stampFor } from '#lib/basket/outbox.ts';

const stamp = (wallMs: number, counter = 0, device = 'device-a'): Stamp => ({ wallMs, counter, device });
const edit = (outbox: Outbox, line: string, quantity: number, at: Stamp): Outbox =>
  reduceOutbox(outbox, { type: 'edited', op: { line, quantity, stamp: at }, atMs: at.wallMs });
const basketOf = (state: BasketState, rev: number): Basket => ({
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  rev,
  lines: viewBasketLines(state).map((line) => ({ ...line })),
  ...(state.clear === undefined ? {} : { cleared: state.clear }),
});
const shown = (outbox: Outbox) => optimisticLines(outbox).filter(({ quantity }) => quantity > 0);

describe('[C8] the outbox', () => {
  it('shows an edit at once and keeps it until the register covers it', () => {
    const edited = edit(emptyOutbox, 'tea', 2, stamp(5));
    expect(shown(edited)).toEqual([{ productId: 'tea', quantity: 2, stamp: stamp(5) }]);
    const accepted = reduceOutbox(edited, {
      type: 'accepted',
      op: { line: 'tea', quantity: 2, stamp: stamp(5) },
      atMs: 6,
    });
    expect(nextToSend(accepted)).toBeUndefined();
    expect(accepted.entries).toHaveLength(1);
    const higher = foldBasket(emptyBasket, [{ line: 'tea', quantity: 7, stamp: stamp(9, 0, 'device-b') }]);
    const covered = reduceOutbox(accepted, { type: 'changed', rev: 1, basket: basketOf(higher, 1) });
    expect(covered.entries).toEqual([]);
    expect(shown(covered)[0]?.quantity).toBe(7);
  });

  it.each(['constructor', '__proto__', 'toString'])('takes a product named %s like any other', (line) => {
    const edited = edit(emptyOutbox, line, 2, stamp(5));
    expect(shown(edited)).toEqual([{ productId: line, quantity: 2, stamp: stamp(5) }]);
    const server = foldBasket(emptyBasket, [{ line, quantity: 2, stamp: stamp(5) }]);
    const covered = reduceOutbox(edited, { type: 'changed', rev: 1, basket: basketOf(server, 1) });
    expect([covered.entries, shown(covered).length]).toEqual([[], 1]);
  });

  it('lets a later edit of a line replace one that was not sent, and ignores an event that comes twice', () => {
    const twice = edit(edit(emptyOutbox, 'tea', 1, stamp(1)), 'tea', 3, stamp(2));
    expect(twice.entries.map(({ op }) => op.quantity)).toEqual([3]);
    expect(edit(twice, 'tea', 1, stamp(1)).entries).toEqual(twice.entries);
  });

  it('keeps the higher rev, and takes a lower one only when it was known before the question', () => {
    const full = basketOf(foldBasket(emptyBasket, [{ line: 'tea', quantity: 1, stamp: stamp(1) }]), 4);
    const known = reduceOutbox(emptyOutbox, { type: 'changed', rev: 4, basket: full });
    const late = reduceOutbox(known, { type: 'answered', basket: basketOf(emptyBasket, 0), revBefore: 0 });
    expect(late).toBe(known);
    const expired = reduceOutbox(known, { type: 'answered', basket: basketOf(emptyBasket, 0), revBefore: 4 });
    expect(shown(expired)).toEqual([]);
    expect(shown(reduceOutbox(known, { type: 'changed', rev: 5, basket: null }))).toEqual([]);
  });
});

describe('[C3] restamping', () => {
  it('stamps the whole unaccepted outbox again in order, above what the server has seen', () => {
    const server = basketOf(
      foldBasket(emptyBasket, [{ line: 'mug', quantity: 1, stamp: stamp(50, 0, 'device-b') }]),
      1,
    );
    let outbox = reduceOutbox(emptyOutbox, { type: 'changed', rev: 1, basket: server });
    for (const [line, at] of [
      ['tea', 900],
      ['mug', 901],
      ['pot', 902],
    ] as const)
      outbox = edit(outbox, line, 2, stamp(at));
    outbox = reduceOutbox(outbox, { type: 'restamped', nowMs: 50, device: 'device-c', ordered: ['902.0.device-a'] });
    expect(outbox.entries.map(({ op }) => [op.line, op.stamp])).toEqual([
      ['tea', stamp(50, 1, 'device-c')],
      ['mug', stamp(50, 2, 'device-c')],
    ]);
  });

  it('leaves what the server accepted as it is', () => {
    const op = { line: 'tea', quantity: 1, stamp: stamp(5) };
    const accepted = reduceOutbox(edit(emptyOutbox, 'tea', 1, op.stamp), { type: 'accepted', op, atMs: 6 });
    expect(reduceOutbox(accepted, { type: 'restamped', nowMs: 9, device: 'device-c', ordered: [] })).toEqual(accepted);
  });
});

/** One step of the world: a tab edits, sends, the worker applies any queued op, a frame or an answer arrives or is lost. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      tab: fc.nat(1),
      line: fc.constantFrom('tea', 'mug'),
      quantity: fc.nat(3),
      skewMs: fc.integer({ min: -3, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), tab: fc.nat(1), replyLost: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('work' as const), pick: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('frame' as const), tab: fc.nat(1), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask' as const), tab: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restamp' as const), tab: fc.nat(1) }) },
);

describe('[C2] [C8] two tabs, a queue and a worker', () => {
  test.prop([fc.array(step, { maxLength: 40 })])('converge to the server in any interleaving', (steps) => {
    let nowMs = 100;
    let state = emptyBasket;
    let rev = 0;
    let queue: readonly BasketOp[] = [];
    const history: Basket[] = [];
    const tabs: [Outbox, Outbox] = [emptyOutbox, emptyOutbox];
    const apply = (tab: number, event: Parameters<typeof reduceOutbox>[1]): void => {
      tabs[tab === 0 ? 0 : 1] = reduceOutbox(tabs[tab === 0 ? 0 : 1], event);
    };
    const send = (tab: number, replyLost: boolean): boolean => {
      const entry = nextToSend(tabs[tab === 0 ? 0 : 1]);
      if (entry === undefined) return false;
      queue = [...queue, entry.op];
      if (!replyLost) apply(tab, { type: 'accepted', op: entry.op, atMs: nowMs });
      return true;
    };
    const work = (pick: number): void => {
      const op = queue[pick % Math.max(queue.length, 1)];
      if (op === undefined) return;
      queue = queue.filter((each) => each !== op);
      const next = foldBasket(state, [op]);
      if (next === state) return;
      state = next;
      rev += 1;
      history.push(basketOf(state, rev));
    };
    const ask = (tab: number): void =>
      apply(tab, { type: 'answered', basket: basketOf(state, rev), revBefore: tabs[tab === 0 ? 0 : 1].server.rev });

    for (const each of steps) {
      nowMs += 1;
      if (each.do === 'edit') {
        const outbox = tabs[each.tab === 0 ? 0 : 1];
        const at = stampFor(outbox, nowMs + each.skewMs, `device-${each.tab}`);
        apply(each.tab, { type: 'edited', op: { line: each.line, quantity: each.quantity, stamp: at }, atMs: nowMs });
        // What the shopper just did is what the shopper sees.
        const line = optimisticLines(tabs[each.tab === 0 ? 0 : 1]).find(({ productId }) => productId === each.line);
        expect(line?.quantity).toBe(each.quantity);
      } else if (each.do === 'send') send(each.tab, each.replyLost);
      else if (each.do === 'work') work(each.pick);
      else if (each.do === 'ask') ask(each.tab);
      else if (each.do === 'clear') queue = [...queue, { clear: true, stamp: stamp(nowMs, 0, 'server-1') }];
      else if (each.do === 'restamp')
        apply(each.tab, { type: 'restamped', nowMs, device: `device-${each.tab}`, ordered: [] });
      else {
        const basket = history[each.pick % Math.max(history.length, 1)];
        if (basket !== undefined) apply(each.tab, { type: 'changed', rev: basket.rev, basket });
      }
    }
    // The world becomes calm: everything is sent, worked, asked for.
    for (const tab of [0, 1]) while (send(tab, false));
    while (queue.length > 0) work(0);
    ask(0);
    ask(1);
    expect(tabs[0].entries).toEqual([]);
    expect(tabs[1].entries).toEqual([]);
    expect(optimisticLines(tabs[0])).toEqual(viewBasketLines(state));
    expect(optimisticLines(tabs[1])).toEqual(viewBasketLines(state));
  });
});
