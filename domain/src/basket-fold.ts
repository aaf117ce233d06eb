import { compareStamps, isFarAhead, latestStamp, type Stamp } from '#stamps';

/**
 * The basket as registers (C2): for every line the latest edit, and the latest clear. Each register only moves up its
 * order, so the fold is commutative, associative and idempotent: duplicates, reordering and regrouping change nothing.
 * A clear is kept beside the lines and read over them, which is what makes it commute with edits that arrive late.
 */
export type LineRegister = { readonly quantity: number; readonly stamp: Stamp };
export type BasketState = {
  /** By product id. */
  readonly lines: ReadonlyMap<string, LineRegister>;
  readonly clear?: Stamp | undefined;
};

/** An op is absolute: "the line holds this many"; quantity 0 removes. `clear` is quantity 0 for every line with a lower stamp. */
export type SetLineOp = { readonly line: string; readonly quantity: number; readonly stamp: Stamp };
export type ClearOp = { readonly clear: true; readonly stamp: Stamp };
export type BasketOp = SetLineOp | ClearOp;

/** A line as pages and GET show it: quantity 0 is a tombstone, kept so that a removal can be told from an absence. */
export type BasketLineView = { readonly productId: string; readonly quantity: number; readonly stamp: Stamp };

export const emptyBasket: BasketState = { lines: new Map() };

/**
 * Folds ops into a basket. Returns the very same object when nothing changed, which is how the worker knows that
 * there is nothing to write (C5).
 */
export const foldBasket = (state: BasketState, ops: readonly BasketOp[]): BasketState => ops.reduce(foldOp, state);

/**
 * The basket without registers that lie further ahead than anything accepted can (C3): they were stored by a release
 * that did not look, and would win over every edit for years. Returns the very same object when there is none.
 */
export const setFarStampsAside = (state: BasketState, nowMs: number): BasketState => {
  const kept = [...state.lines].filter(([, register]) => !isFarAhead(register.stamp, nowMs));
  const isClearKept = state.clear === undefined || !isFarAhead(state.clear, nowMs);
  if (kept.length === state.lines.size && isClearKept) return state;
  return {
    lines: new Map(kept),
    ...(isClearKept && state.clear !== undefined ? { clear: state.clear } : {}),
  };
};

/** The lines as they count: a line older than the latest clear reads as removed at the clear's stamp. Sorted by product id. */
export const viewBasketLines = (state: BasketState): readonly BasketLineView[] =>
  [...state.lines]
    .map(([productId, register]) => viewLine(productId, register, state.clear))
    .sort((left, right) => (left.productId < right.productId ? -1 : 1));

/** The highest stamp in a basket: a device's next stamp must lie above it (C3). */
export const highestStamp = (state: BasketState): Stamp | undefined =>
  [...state.lines.values()].reduce<Stamp | undefined>((highest, line) => latestStamp(highest, line.stamp), state.clear);

/** Whether the basket's registers already cover an op: equal is saved, higher is replaced by a later change (C8). */
export const coversOp = (state: BasketState, op: BasketOp): boolean => {
  if ('clear' in op) return state.clear !== undefined && compareStamps(state.clear, op.stamp) >= 0;
  const register = state.lines.get(op.line);
  if (register !== undefined && compareStamps(register.stamp, op.stamp) >= 0) return true;
  return state.clear !== undefined && compareStamps(state.clear, op.stamp) > 0;
};

const foldOp = (state: BasketState, op: BasketOp): BasketState => {
  if ('clear' in op) {
    if (state.clear !== undefined && compareStamps(state.clear, op.stamp) >= 0) return state;
    return { ...state, clear: op.stamp };
  }
  const current = state.lines.get(op.line);
  if (current !== undefined && compareRegisters(current, op) >= 0) return state;
  return { ...state, lines: new Map(state.lines).set(op.line, { quantity: op.quantity, stamp: op.stamp }) };
};

const compareRegisters = (left: LineRegister, right: LineRegister): number =>
  compareStamps(left.stamp, right.stamp) || left.quantity - right.quantity;

const viewLine = (productId: string, register: LineRegister, clear: Stamp | undefined): BasketLineView => {
  if (clear !== undefined && compareStamps(register.stamp, clear) < 0) return { productId, quantity: 0, stamp: clear };
  return { productId, quantity: register.quantity, stamp: register.stamp };
};
