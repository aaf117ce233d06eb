import type { Basket } from '@penstock/domain/basket';
import {
  type BasketLineView,
  type BasketState,
  coversOp,
  emptyBasket,
  foldBasket,
  highestStamp,
  type SetLineOp,
  viewBasketLines,
} from '@penstock/domain/basket-fold';
import { compareStamps, latestStamp, nextStamp, packStamp, type Stamp } from '@penstock/domain/stamps';

/**
 * The basket of this browser: what the server's registers say, and the ops that they do not yet cover (C8). What the
 * shopper sees is the same fold over both, so it never jumps back when an op becomes true.
 */
export type Outbox = { readonly server: ServerBasket; readonly entries: readonly OutboxEntry[] };
type ServerBasket = {
  /** 0 while nothing is known or stored. */
  readonly rev: number;
  readonly state: BasketState;
  /** Products that are archived. */
  readonly unavailable: readonly string[];
};
export type OutboxEntry = {
  readonly op: SetLineOp;
  /** When the shopper did it, by this device's clock. */
  readonly queuedAtMs: number;
  /** When the server accepted it. Absent: it must still be sent. */
  readonly acceptedAtMs?: number | undefined;
};

export type OutboxEvent =
  | { readonly type: 'edited'; readonly op: SetLineOp; readonly atMs: number }
  | { readonly type: 'accepted'; readonly op: SetLineOp; readonly atMs: number }
  /** The server will never take this op. */
  | { readonly type: 'turned-down'; readonly op: SetLineOp }
  /** GET answered; `revBefore` is the rev that was known when it was asked. */
  | { readonly type: 'answered'; readonly basket: Basket; readonly revBefore: number }
  /** A frame; null says that the basket was removed. */
  | { readonly type: 'changed'; readonly rev: number; readonly basket: Basket | null }
  /** The server found a stamp out of range: stamp all that it has not accepted again, in order (C3). */
  | {
      readonly type: 'restamped';
      readonly nowMs: number;
      readonly device: string;
      /** Stamps that an order carries: their ops are dropped, for the order itself takes their lines away. */
      readonly ordered: readonly string[];
    };

export const emptyOutbox: Outbox = { server: { rev: 0, state: emptyBasket, unavailable: [] }, entries: [] };

/** Folds an event. Pure; returns the very same object when nothing changed. */
export const reduceOutbox = (outbox: Outbox, event: OutboxEvent): Outbox => {
  switch (event.type) {
    case 'edited':
      return prune({ ...outbox, entries: enter(outbox.entries, { op: event.op, queuedAtMs: event.atMs }) });
    case 'accepted':
      return mapEntry(outbox, event.op, (entry) => ({ ...entry, acceptedAtMs: event.atMs }));
    case 'turned-down':
      return mapEntry(outbox, event.op, () => undefined);
    case 'restamped':
      return { ...outbox, entries: restamp(outbox, event.nowMs, event.device, new Set(event.ordered)) };
    case 'answered':
      return isNews(outbox.server.rev, event.basket.rev, event.revBefore)
        ? prune({ ...outbox, server: serverOf(event.basket, event.basket.rev) })
        : outbox;
    case 'changed':
      return event.rev > outbox.server.rev ? prune({ ...outbox, server: serverOf(event.basket, event.rev) }) : outbox;
  }
};

/** The basket as the shopper means it: the server's registers with everything of ours on top. */
const optimisticState = (outbox: Outbox): BasketState =>
  foldBasket(
    outbox.server.state,
    outbox.entries.map(({ op }) => op),
  );

/** The optimistic lines, tombstones included. */
export const optimisticLines = (outbox: Outbox): readonly BasketLineView[] => viewBasketLines(optimisticState(outbox));

/** The next op to send: they leave one after another, in the order in which they were made. */
export const nextToSend = (outbox: Outbox): OutboxEntry | undefined =>
  outbox.entries.find(({ acceptedAtMs }) => acceptedAtMs === undefined);

/** The stamp for an edit made now: above everything that this browser knows of (C3). */
export const stampFor = (outbox: Outbox, nowMs: number, device: string): Stamp =>
  nextStamp(highestStamp(optimisticState(outbox)), nowMs, device);

/** An answer is news when its rev is higher; or lower than what was known before it was asked: then the row was removed since, for one basket is always read strongly. */
const isNews = (known: number, rev: number, revBefore: number): boolean =>
  rev > known || (rev < revBefore && known === revBefore);

const serverOf = (basket: Basket | null, rev: number): ServerBasket => {
  if (basket === null) return { rev, state: emptyBasket, unavailable: [] };
  return {
    rev,
    state: {
      lines: new Map(basket.lines.map(({ productId, quantity, stamp }) => [productId, { quantity, stamp }])),
      ...(basket.cleared === undefined ? {} : { clear: basket.cleared }),
    },
    unavailable: basket.lines.filter(({ unavailable }) => unavailable === true).map(({ productId }) => productId),
  };
};

/** Keeps an op until the server's register is at or above it (C8). */
const prune = (outbox: Outbox): Outbox => ({
  ...outbox,
  entries: outbox.entries.filter(({ op }) => !coversOp(outbox.server.state, op)),
});

/** An unsent op is replaced by a later one of its line: that one says everything. */
const enter = (entries: readonly OutboxEntry[], entry: OutboxEntry): readonly OutboxEntry[] => {
  const sameLine = entries.filter(({ op }) => op.line === entry.op.line);
  if (sameLine.some(({ op }) => compareStamps(op.stamp, entry.op.stamp) >= 0)) return entries;
  return [...entries.filter(({ op, acceptedAtMs }) => op.line !== entry.op.line || acceptedAtMs !== undefined), entry];
};

const mapEntry = (outbox: Outbox, op: SetLineOp, change: (entry: OutboxEntry) => OutboxEntry | undefined): Outbox => ({
  ...outbox,
  entries: outbox.entries.flatMap((entry) => {
    if (entry.op.line !== op.line || compareStamps(entry.op.stamp, op.stamp) !== 0) return [entry];
    return change(entry) ?? [];
  }),
});

const restamp = (
  { server, entries }: Outbox,
  nowMs: number,
  device: string,
  ordered: ReadonlySet<string>,
): readonly OutboxEntry[] => {
  const accepted = entries.filter(({ acceptedAtMs }) => acceptedAtMs !== undefined);
  let seen = accepted.reduce<Stamp | undefined>(
    (high, { op }) => latestStamp(high, op.stamp),
    highestStamp(server.state),
  );
  return entries.flatMap((entry) => {
    if (entry.acceptedAtMs !== undefined) return [entry];
    if (ordered.has(packStamp(entry.op.stamp))) return [];
    seen = nextStamp(seen, nowMs, device);
    return [{ ...entry, op: { ...entry.op, stamp: seen } }];
  });
};
