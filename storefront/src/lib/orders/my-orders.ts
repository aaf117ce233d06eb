import { orderNumberOf } from '@penstock/domain/ids';
import { addMoney, type Money, timesMoney } from '@penstock/domain/money';
import type { Address, Contact } from '@penstock/domain/order';
import type { OrderStatus, RejectionReason } from '@penstock/domain/order-states';
import type { Attempt, AttemptProblem, OrderBook, OrderedLine } from '#lib/orders/order-book.ts';
import { type KeptReceipt, waitingCancel } from '#lib/orders/receipts.ts';

/** An order of this browser, from the press of the button on. Every page reads this and nothing else. */
export type MyOrder = {
  /** Tells it from others on a page; stays the same for as long as it is in one state. */
  readonly key: string;
  /** `sending`: nobody knows yet whether the shop has it. `unknown`: an old receipt whose order was not asked for since. */
  readonly state: 'sending' | 'turned-down' | 'unknown' | OrderStatus;
  readonly begunId?: string | undefined;
  readonly basketId?: string | undefined;
  readonly id?: string | undefined;
  readonly number?: string | undefined;
  readonly receipt?: string | undefined;
  readonly sinceMs: number;
  readonly acceptedAt?: string | undefined;
  readonly estimatedWaitMs?: number | undefined;
  readonly isDelayed: boolean;
  readonly lines: readonly OrderedLine[];
  readonly total: Money | undefined;
  readonly contact?: Contact | undefined;
  readonly address?: Address | undefined;
  /** It has never left this device: it can be taken back for certain. */
  readonly canWithdraw: boolean;
  readonly problem?: AttemptProblem | undefined;
  readonly reason?: RejectionReason | undefined;
  /** Waits to be placed, as an order of this browser. */
  readonly isWaiting: boolean;
  /** Its cancellation was asked for and neither landed nor was refused yet. */
  readonly isCancelWaiting: boolean;
  /** Turned down or refused, and the shopper has not said to have seen it. */
  readonly isBadNews: boolean;
};

/** Joins attempts, receipts and answers: what is on its way first, then the latest. */
export const joinOrders = (book: OrderBook, receipts: ReadonlyMap<string, KeptReceipt>): readonly MyOrder[] => {
  const open = book.attempts.filter(({ state }) => state !== 'accepted').map(begunOrder);
  const accepted = new Map(book.attempts.flatMap((each) => (each.order === undefined ? [] : [[each.order.id, each]])));
  const ids = new Set([...accepted.keys(), ...receipts.keys()]);
  const received = [...ids].map((id) => receivedOrder(id, accepted.get(id), receipts.get(id)));
  return [...byAge(open), ...byAge(received)];
};

/** What is ordered, as far as every price is known. */
export const totalOfLines = (lines: readonly OrderedLine[]): Money | undefined => {
  const amounts = lines.flatMap(({ unitPrice, quantity }) =>
    unitPrice === undefined ? [] : [timesMoney(unitPrice, quantity)],
  );
  const [first, ...rest] = amounts;
  return first === undefined || amounts.length < lines.length ? undefined : rest.reduce(addMoney, first);
};

const byAge = (orders: readonly MyOrder[]): readonly MyOrder[] =>
  [...orders].sort((left, right) => right.sinceMs - left.sinceMs);

const begunOrder = (attempt: Attempt): MyOrder => ({
  key: attempt.begunId,
  state: attempt.state === 'turned-down' ? 'turned-down' : 'sending',
  begunId: attempt.begunId,
  basketId: attempt.basketId,
  sinceMs: attempt.begunAtMs,
  isDelayed: false,
  lines: attempt.lines,
  total: totalOfLines(attempt.lines),
  contact: attempt.body?.contact,
  address: attempt.body?.address,
  canWithdraw: attempt.state === 'sending' && attempt.sentAtMs === undefined,
  problem: attempt.problem,
  isWaiting: false,
  isCancelWaiting: false,
  isBadNews: attempt.state === 'turned-down',
});

const receivedOrder = (id: string, attempt: Attempt | undefined, kept: KeptReceipt | undefined): MyOrder => {
  const answer = kept?.order;
  const stored = answer !== undefined && 'lines' in answer ? answer : undefined;
  const acceptedAt = kept?.acceptedAt ?? attempt?.order?.acceptedAt;
  const state = answer?.status ?? stateOf(attempt);
  const lines = stored?.lines ?? kept?.lines ?? attempt?.lines ?? [];
  return {
    key: id,
    state,
    id,
    number: orderNumberOf(id),
    receipt: kept?.receipt ?? attempt?.order?.receipt,
    basketId: attempt?.basketId,
    sinceMs: acceptedAt === undefined ? (attempt?.begunAtMs ?? 0) : Date.parse(acceptedAt),
    acceptedAt,
    estimatedWaitMs: kept?.estimatedWaitMs ?? attempt?.order?.estimatedWaitMs,
    isDelayed: answer !== undefined && 'delayed' in answer && answer.delayed === true,
    lines,
    total: stored?.total ?? totalOfLines(lines),
    contact: kept?.contact,
    address: kept?.address,
    canWithdraw: false,
    reason: stored?.reason,
    isWaiting: attempt !== undefined && attempt.outcome === undefined && (state === 'accepted' || state === 'held'),
    isCancelWaiting: waitingCancel(answer, kept) !== undefined,
    isBadNews: state === 'rejected' && kept?.isRefusalSeen !== true,
  };
};

const stateOf = (attempt: Attempt | undefined): MyOrder['state'] => {
  if (attempt === undefined) return 'unknown';
  return attempt.outcome === undefined
    ? 'accepted'
    : ({ placed: 'placed', refused: 'rejected' } as const)[attempt.outcome];
};
