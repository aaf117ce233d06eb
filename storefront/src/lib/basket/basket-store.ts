import type { BasketLineView } from '@penstock/domain/basket-fold';
import { basketIdFrom, basketIdPattern } from '@penstock/domain/ids';
import type { Money } from '@penstock/domain/money';
import { compareStamps, packStamp, type Stamp } from '@penstock/domain/stamps';
import { type Outbox, optimisticLines } from '#lib/basket/outbox.ts';
import type { Priced, PriceEvent, SeenPrice, SeenPrices } from '#lib/basket/seen-prices.ts';
import { type BasketDeps, type BasketSession, openBasketSession } from '#lib/basket/session.ts';
import { randomBytes } from '#lib/net/random.ts';
import { readKept } from '#lib/storage/kept-json.ts';
import { basketId as basketIdShape } from '#lib/storage/kept-shapes.ts';
import { readText, writeText } from '#lib/storage/local-text.ts';
import { listOf } from '#lib/storage/shape.ts';

/** `saving`: not yet with the server; `accepted`: the server has it, the table does not; `saved`: it is stored. */
export type Saving = 'saving' | 'accepted' | 'saved';
export type BasketLine = {
  readonly productId: string;
  readonly quantity: number;
  readonly stamp: Stamp;
  readonly saving: Saving;
  /** The product is archived. */
  readonly unavailable: boolean;
  /** The prices at which the shopper knows it; absent until one was shown. */
  readonly seen?: SeenPrice | undefined;
};
export type BasketSnapshot = {
  /** Absent until something was put into a basket. */
  readonly id: string | undefined;
  readonly lines: readonly BasketLine[];
  /** False while what is in it is still being asked for: `lines` is then what this browser knows of it. */
  readonly isRead: boolean;
  /** A change has been waiting to be taken by the server for longer than a moment. */
  readonly isLate: boolean;
  /** Baskets with something in them that this browser left for the one of a link, the latest first. */
  readonly earlier: readonly string[];
};

export type BasketStore = {
  readonly current: () => BasketSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  /** Sets a line; 0 removes it. The first line makes the basket. `price` is what stands beside the button that was pressed. */
  readonly setQuantity: (productId: string, quantity: number, price?: Money) => void;
  /** Notes prices that a page shows, or that the shopper accepts. */
  readonly notePrices: (type: 'shown' | 'accepted', prices: readonly Priced[]) => void;
  /** Takes another basket by its id; returns the id of the one left, if there was one. One with lines is kept as earlier. */
  readonly take: (id: string) => Promise<string | undefined>;
  /** Puts back lines of a refused order that the basket no longer knows. */
  readonly giveBack: (
    basketId: string,
    lines: readonly { productId: string; quantity: number; stamp?: Stamp | undefined }[],
  ) => void;
};

type Deps = BasketDeps & { readonly onOrderedChange: (listener: () => void) => () => void };

const idKey = 'basket';
const earlierKey = 'basket.earlier';
/** Baskets that a browser remembers to have left. */
const earlierMax = 10;
/** An edit unsent for this long is worth a word. */
const lateAfterMs = 4000;

/** The basket of this browser, over all its tabs. */
export const makeBasketStore = (deps: Deps): BasketStore => {
  const listeners = new Set<() => void>();
  let session: BasketSession | undefined;
  let stopSession = (): void => {};
  let snapshot: BasketSnapshot = { id: undefined, lines: [], isRead: true, isLate: false, earlier: [] };
  let lateTimer: ReturnType<typeof setTimeout> | undefined;

  const refresh = (): void => {
    clearTimeout(lateTimer);
    const outbox = session?.outbox();
    const sinceMs = outbox?.entries.find(({ acceptedAtMs }) => acceptedAtMs === undefined)?.queuedAtMs;
    const waitedMs = sinceMs === undefined ? 0 : deps.device.now() - sinceMs;
    if (sinceMs !== undefined && waitedMs < lateAfterMs) lateTimer = setTimeout(refresh, lateAfterMs - waitedMs);
    const held = new Set(deps.orderedStamps());
    snapshot = {
      id: session?.id,
      lines: outbox === undefined ? [] : linesOf(outbox, held, session?.prices()),
      isRead: session?.isRead() ?? true,
      isLate: waitedMs >= lateAfterMs,
      earlier: readEarlier().filter((id) => id !== session?.id),
    };
    for (const listener of listeners) listener();
  };

  const readEarlier = (): readonly string[] =>
    readKept(earlierKey, listOf(basketIdShape, earlierMax), deps.setAside) ?? [];
  const logged = (error: unknown): void => console.error('A change of the basket could not be kept.', error);

  const open = (id: string, isNew = false): BasketSession => {
    session?.close();
    stopSession();
    const opened = openBasketSession(id, deps, isNew);
    session = opened;
    stopSession = opened.subscribe(refresh);
    refresh();
    return opened;
  };
  /** The id is 128 bits of chance and POST /baskets stores nothing, so it is made here: a first line can be kept offline. */
  const ensure = (): BasketSession => {
    const id = basketIdFrom(randomBytes(16));
    if (session !== undefined) return session;
    writeText(idKey, id);
    return open(id, true);
  };

  const known = readText(idKey);
  if (known !== undefined && basketIdPattern.test(known)) open(known);
  else if (known !== undefined) {
    deps.setAside.add(idKey, [known]);
    writeText(idKey, undefined);
  }
  deps.onOrderedChange(refresh);
  globalThis.addEventListener?.('storage', () => {
    const id = readText(idKey);
    if (id !== undefined && id !== session?.id && basketIdPattern.test(id)) open(id);
  });

  return {
    current: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setQuantity: (productId, quantity, price) => {
      const isNew = !snapshot.lines.some((line) => line.productId === productId);
      const into = ensure();
      into.edit(productId, quantity).catch(logged);
      if (price !== undefined) into.notePrice({ type: 'put-in', priced: { productId, price }, isNew });
    },
    notePrices: (type, prices) => {
      const event: PriceEvent = { type, prices };
      if (prices.length > 0) session?.notePrice(event);
    },
    take: async (id) => {
      const left = session?.id;
      if (left === id) return undefined;
      const kept = await session?.settled();
      // One that was never read may hold anything.
      const isWorthIt = kept !== undefined && (session?.isRead() === false || hasLines(kept));
      const earlier = readEarlier().filter((each) => each !== id && each !== left);
      const worthIt = left !== undefined && isWorthIt ? [left, ...earlier] : earlier;
      writeText(earlierKey, JSON.stringify(worthIt.slice(0, earlierMax)));
      writeText(idKey, id);
      open(id);
      return left;
    },
    giveBack: (basketId, lines) => {
      if (session === undefined || session.id !== basketId) return;
      const registers = new Map(optimisticLines(session.outbox()).map((line) => [line.productId, line]));
      for (const { productId, quantity, stamp } of lines) {
        const register = registers.get(productId);
        const isKnown = register !== undefined && stamp !== undefined && compareStamps(register.stamp, stamp) >= 0;
        if (!isKnown) session.edit(productId, quantity).catch(logged);
      }
    },
  };
};

const hasLines = (outbox: Outbox): boolean => optimisticLines(outbox).some(({ quantity }) => quantity > 0);

/** The lines to show: no tombstones, and nothing that an order carries (C9). */
const linesOf = (outbox: Outbox, held: ReadonlySet<string>, prices?: SeenPrices): readonly BasketLine[] =>
  optimisticLines(outbox)
    .filter(({ quantity, stamp }) => quantity > 0 && !held.has(packStamp(stamp)))
    .map((line) => ({
      ...line,
      saving: savingOf(outbox, line),
      unavailable: outbox.server.unavailable.includes(line.productId),
      seen: prices?.get(line.productId),
    }));

const savingOf = (outbox: Outbox, line: BasketLineView): Saving => {
  const own = outbox.entries.filter(({ op }) => op.line === line.productId);
  if (own.length === 0) return 'saved';
  return own.some(({ acceptedAtMs }) => acceptedAtMs === undefined) ? 'saving' : 'accepted';
};
