import {
  type BasketOp,
  type BasketState,
  emptyBasket,
  foldBasket,
  setFarStampsAside,
} from '@penstock/domain/basket-fold';
import { type BasketItem, itemSchemaNumber } from '@penstock/domain/items';
import { limits } from '@penstock/domain/limits';
import { shardOf } from '@penstock/domain/topics';
import { basketStateOf, storedBasketLines } from '@penstock/domain/views';

/** Shards of the index `touched` (docs/data.md). */
export const basketShards = 4;

/** What a row weighs besides its registers: id, times, keys of the index, the names of all members. */
const rowBytes = 400;

export type PlannedFold = {
  /** The row to write on condition of the rev read; undefined: the ops change nothing, so nothing is written (C5). */
  readonly row: BasketItem | undefined;
  /** Places of the ops that would take the row over 300 KB: dead letters, not part of the row. */
  readonly tooBig: readonly number[];
};

/** Folds ops into a basket as read (C5). A new row's rev starts at the server's milliseconds, then + 1 a write (E1). */
export const planFold = (
  basketId: string,
  stored: BasketItem | undefined,
  ops: readonly BasketOp[],
  nowMs: number,
  bytesMax: number = limits.basketBytesMax,
): PlannedFold => {
  const before = stored === undefined ? emptyBasket : setFarStampsAside(basketStateOf(stored), nowMs);
  const { state, tooBig } = foldWithin(before, ops, bytesMax);
  if (state === before) return { row: undefined, tooBig };
  const { clear: _clear, ...kept } = stored ?? {};
  const row: BasketItem = {
    ...kept,
    id: basketId,
    schema: Math.max(stored?.schema ?? 0, itemSchemaNumber),
    rev: stored === undefined ? nowMs : stored.rev + 1,
    ...storedBasketLines(state),
    updatedAt: new Date(nowMs).toISOString(),
    touchedShard: String(shardOf(basketId, basketShards)),
    // To the hour, so that most folds leave the index alone.
    touchedAt: `${new Date(nowMs).toISOString().slice(0, 13)}#${basketId}`,
    expiresAt: Math.floor((nowMs + limits.basketLifeMs) / 1000),
  };
  return { row, tooBig };
};

/** The fold itself never drops an op; what outgrows a row is left out here, op by op, only once the whole does. */
const foldWithin = (
  before: BasketState,
  ops: readonly BasketOp[],
  bytesMax: number,
): { readonly state: BasketState; readonly tooBig: readonly number[] } => {
  const whole = foldBasket(before, ops);
  if (whole === before || bytesOf(whole) <= bytesMax) return { state: whole, tooBig: [] };
  const tooBig: number[] = [];
  let state = before;
  for (const [index, op] of ops.entries()) {
    const next = foldBasket(state, [op]);
    if (next !== state && bytesOf(next) > bytesMax && bytesOf(next) > bytesOf(state)) tooBig.push(index);
    else state = next;
  }
  return { state, tooBig };
};

const bytesOf = (state: BasketState): number => rowBytes + Buffer.byteLength(JSON.stringify(storedBasketLines(state)));
