import type { Clock } from '@penstock/domain/clock';
import type { OrderItem } from '@penstock/domain/items';
import type { PlaceOrderMessage } from '@penstock/domain/messages';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { OrderPlan, OrderStore, PlanAnswer, PlanRead } from '@penstock/platform/order-store';
import type { ActionReason, FaultKind, TableFault } from '@penstock/platform/table-fault';
import { planLimits, planOrders } from '#core/plan-orders';
import type { QueueRecord } from '#core/queue-records';
import { decided, insist, isFault, type Passing, passingOf } from '#flows/insist';
import type { Patience } from '#flows/patience';
import type { OrderSettling, StoredEntry } from '#flows/settle-order';

/** One order of the batch and all records that brought it. */
export type OrderEntry = { readonly message: PlaceOrderMessage; readonly records: readonly QueueRecord[] };

/** What one round came to. Whoever is not settled is still pending. */
export type Round = {
  readonly settled: ReadonlySet<OrderEntry>;
  /** `again` at once; `contended` and `busy` after a wait; `leave`: nobody can be worked now; `blame`: look closer. */
  readonly next: 'again' | Passing | 'leave' | 'blame';
  /** With `blame`: those of whom one, or the call itself, is at fault (D6). */
  readonly blamed: readonly OrderEntry[];
  /** With `blame`: each of them is at fault by itself, so nobody has to look for it by halves. */
  readonly isNamed: boolean;
  /** With `blame`: whether it is a fault that only a message can have (G1). */
  readonly isMessageAtFault: boolean;
  readonly reason: string;
  readonly error?: unknown;
};

export type PlayRoundDeps = {
  readonly orders: OrderStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly patience: Patience;
  readonly settling: OrderSettling;
  /** WCU that one plan may charge a table (D3); undefined: any. */
  readonly planUnitsMax?: (table: 'orders' | 'products') => number | undefined;
  /**
   * Waits until a plan may be written, so that what is read for it is not stale by then. False: not before the deadline.
   * Undefined: it may be at once.
   */
  readonly due?: () => Promise<boolean>;
  /** The planner. Tests plant a wrong one. */
  readonly plan?: typeof planOrders;
};

/**
 * Reads, settles what is stored, refuses what must be refused, commits the rest as one plan (D2, D3, D4). A trial waits for
 * no turn of its own: it is expected to write nothing.
 */
export const makePlayRound =
  (deps: PlayRoundDeps) =>
  async (pending: readonly OrderEntry[], isTrial = false): Promise<Round> => {
    const { orders, clock, logger, settling, planUnitsMax, plan: planner = planOrders } = deps;
    const settled = new Set<OrderEntry>();
    if (!isTrial && (await deps.due?.()) === false) return round(settled, 'busy', 'throttled');
    const read = await orders.readForPlan(idsOf(pending), productIdsOf(pending));
    if (isFault(read)) return faultRound(logger, read, pending, settled);
    const stored = await settleStored(settling, pending, read.orders, settled);

    const open = pending.filter((entry) => !stored.has(entry) && isKnown(entry, read));
    const firsts = open.filter((entry, index) => idsOf(open).indexOf(entry.message.orderId) === index);
    const unread = pending.find((entry) => !isKnown(entry, read));
    if (firsts.length === 0)
      return unread === undefined ? round(settled, 'again', 'stored') : unknownRound(settled, unread, read);

    const at = new Date(clock.now()).toISOString();
    const messages = firsts.map((entry) => entry.message);
    const unitsMax = { orders: planUnitsMax?.('orders'), products: planUnitsMax?.('products') };
    const limits = { ...planLimits, unitsMax };
    const planned = decided(() => planner(messages, read.offers, at, limits));
    if (isFault(planned)) {
      const fails = ({ message }: OrderEntry) => isFault(decided(() => planner([message], read.offers, at, limits)));
      return faultRound(logger, planned, firsts, settled, firsts.filter(fails));
    }
    const entryOf = (id: string) => firsts.filter((entry) => entry.message.orderId === id);

    const { plan, refused } = planned.decision;
    for (const row of refused) {
      const fault = await refuse(deps, row, entryOf(row.id), settled);
      if (fault !== undefined) return faultRound(logger, fault, entryOf(row.id), settled);
    }
    if (plan.orders.length > 0) return commit(deps, plan, firsts, settled);
    return unread === undefined ? round(settled, 'again', 'refused') : unknownRound(settled, unread, read);
  };

/** Puts one refusal. A row that is there already is the answer (D4): the next read finds it. */
const refuse = async (
  { orders, patience, settling }: PlayRoundDeps,
  row: OrderItem,
  entries: readonly OrderEntry[],
  settled: Set<OrderEntry>,
): Promise<TableFault | undefined> => {
  const { answer, tries } = await insist(patience, () => orders.putIfAbsent(row));
  if (isFault(answer)) return answer;
  if (answer.outcome === 'exists') return undefined;
  await settling.written(
    entries.map((entry) => ({ entry, row })),
    { wcu: answer.wcu, attempts: tries },
  );
  for (const entry of entries) settled.add(entry);
  return undefined;
};

/** Commits a plan, the very same again while that may help, and applies the whole reasons vector by position (D5). */
const commit = async (
  { orders, patience, settling, logger }: PlayRoundDeps,
  plan: OrderPlan,
  firsts: readonly OrderEntry[],
  settled: Set<OrderEntry>,
): Promise<Round> => {
  const rows = new Map(plan.orders.map((row) => [row.id, row]));
  const inPlan = firsts.filter((entry) => rows.has(entry.message.orderId));
  const { answer, tries } = await insist(patience, () => orders.commitPlan(plan), { passing: planPassing });
  if (isFault(answer)) return faultRound(logger, answer, inPlan, settled);
  if (answer.outcome === 'committed') {
    logger.info('orders-committed', { count: plan.orders.length, wcu: answer.wcu, attempts: tries });
    const cost = { wcu: answer.wcu / plan.orders.length, attempts: tries };
    await settling.written(storedAmong(inPlan, rows), cost);
    for (const entry of inPlan) settled.add(entry);
    return round(settled, 'again', 'committed');
  }
  await settleStored(settling, inPlan, answer.stored, settled);
  const reasons = [...answer.orders, ...answer.decrements];
  const fault = worstOf(reasons);
  if (fault === undefined) return round(settled, 'contended', 'overtaken');
  const error = answer.error ?? new PlanCancelled(reasons);
  // The orders come in the plan's own order, so that a position names one.
  const named = plan.orders.filter((_, index) => answer.orders[index] === 'invalid').map(({ id }) => id);
  const culprits = inPlan.filter(({ message }) => named.includes(message.orderId));
  return faultRound(logger, { outcome: 'fault', fault, error }, inPlan, settled, culprits);
};

/** A plan that was cancelled for more than a lost race. */
export class PlanCancelled extends Error {
  readonly code = 'plan-cancelled';
  constructor(reasons: readonly ActionReason[]) {
    super(`The plan was cancelled: ${reasons.join(', ')}.`);
    this.name = 'PlanCancelled';
  }
}

/** Throttled or overlapped and nothing else: the same plan, the same token. A failed condition needs a new plan. */
const planPassing = (answer: PlanAnswer): Passing | undefined => {
  if (answer.outcome !== 'cancelled') return passingOf(answer);
  const reasons = new Set([...answer.orders, ...answer.decrements].filter((reason) => reason !== 'none'));
  if (reasons.has('throttled') && isOnly(reasons, ['throttled', 'conflict'])) return 'busy';
  return reasons.size > 0 && isOnly(reasons, ['conflict']) ? 'contended' : undefined;
};

const isOnly = (reasons: ReadonlySet<ActionReason>, allowed: readonly ActionReason[]): boolean =>
  [...reasons].every((reason) => allowed.includes(reason));

/** The fault that decides over a cancelled plan; undefined: conditions that did not hold explain it. */
const worstOf = (reasons: readonly ActionReason[]): FaultKind | undefined => {
  for (const fault of ['world', 'invalid', 'unknown', 'throttled', 'conflict', 'unanswered'] as const)
    if (reasons.includes(fault)) return fault;
  return reasons.includes('condition') ? undefined : 'unknown';
};

const settleStored = async (
  settling: OrderSettling,
  entries: readonly OrderEntry[],
  stored: ReadonlyMap<string, OrderItem>,
  settled: Set<OrderEntry>,
): Promise<ReadonlySet<OrderEntry>> => {
  const found = storedAmong(entries, stored);
  await settling.found(found);
  for (const { entry } of found) settled.add(entry);
  return settled;
};

const storedAmong = (entries: readonly OrderEntry[], rows: ReadonlyMap<string, OrderItem>): readonly StoredEntry[] =>
  entries.flatMap((entry) => {
    const row = rows.get(entry.message.orderId);
    return row === undefined ? [] : [{ entry, row }];
  });

const round = (settled: ReadonlySet<OrderEntry>, next: Round['next'], reason: string): Round => ({
  settled,
  next,
  blamed: [],
  isNamed: false,
  isMessageAtFault: false,
  reason,
});

/** Keys that nobody answered for come with the next read; a row that this release cannot read will not (A6). */
const unknownRound = (settled: ReadonlySet<OrderEntry>, { message }: OrderEntry, read: PlanRead): Round =>
  read.unread.has(message.orderId) || message.lines.some(({ productId }) => read.unread.has(productId))
    ? round(settled, 'busy', 'unread')
    : round(settled, 'leave', 'row-unreadable');

const faultRound = (
  logger: Logger,
  { fault, error }: TableFault,
  blamed: readonly OrderEntry[],
  settled: ReadonlySet<OrderEntry>,
  culprits: readonly OrderEntry[] = [],
): Round => {
  const reason = error instanceof Error ? error.name : fault;
  const passing = passingOf({ outcome: 'fault', fault, error } as TableFault);
  if (passing !== undefined) return round(settled, passing, fault);
  logger.error('orders-fault', { code: fault, count: blamed.length, ...errorFields(error) });
  if (fault === 'world') return round(settled, 'leave', reason);
  const isNamed = culprits.length > 0;
  const isMessageAtFault = fault === 'invalid';
  return { settled, next: 'blame', blamed: isNamed ? culprits : blamed, isNamed, isMessageAtFault, reason, error };
};

const isKnown = ({ message }: OrderEntry, { unread, unreadable }: PlanRead): boolean =>
  [message.orderId, ...message.lines.map((line) => line.productId)].every(
    (id) => !unread.has(id) && !unreadable.has(id),
  );

const idsOf = (entries: readonly OrderEntry[]): readonly string[] => entries.map(({ message }) => message.orderId);
const productIdsOf = (entries: readonly OrderEntry[]): readonly string[] =>
  entries.flatMap(({ message }) => message.lines.map((line) => line.productId));
