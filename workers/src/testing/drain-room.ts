import type { SettledMove, StaffAct } from '@penstock/domain/items';
import type { BasketOpMessage } from '@penstock/domain/messages';
import type { MoveLog } from '@penstock/platform/activity-log';
import type { BasketStore } from '@penstock/platform/basket-store';
import type { DeadLetterStore } from '@penstock/platform/dead-letter-store';
import { makeLogger } from '@penstock/platform/logger';
import type { MoveStore } from '@penstock/platform/move-store';
import type { OrderStore } from '@penstock/platform/order-store';
import { faultKindOf } from '@penstock/platform/table-fault';
import { makeMemoryPendingActs } from '@penstock/platform/testing/memory-pending-acts';
import {
  type MemoryTables,
  makeMemoryBasketStore,
  makeMemoryDeadLetterStore,
  makeMemoryDeferral,
  makeMemoryMoveStore,
  makeMemoryOrderStore,
  makeMemoryTables,
} from '@penstock/platform/testing/memory-tables';
import type { UnsentOp } from '@penstock/platform/write-queue';
import type { SQSBatchResponse } from 'aws-lambda';
import { type Deadline, makeDeadline } from '#core/deadline';
import type { decideMove } from '#core/decide-move';
import type { planFold } from '#core/plan-fold';
import type { planOrders } from '#core/plan-orders';
import { type QueueRecord, readQueueRecords } from '#core/queue-records';
import { makeFoldBaskets } from '#flows/fold-baskets';
import { makeLeftovers } from '#flows/leftovers';
import { makeMoveOrders } from '#flows/move-orders';
import { makePlaceOrders } from '#flows/place-orders';
import { recordOf, sentAtMs, sqsRecordOf } from '#testing/drain-messages';

export type DrainRoomOptions = {
  readonly random?: () => number;
  readonly tables?: MemoryTables;
  /** Faults: each wraps the store in memory. */
  readonly orders?: (store: OrderStore) => OrderStore;
  readonly moves?: (store: MoveStore) => MoveStore;
  readonly baskets?: (store: BasketStore) => BasketStore;
  readonly deadLetters?: (store: DeadLetterStore) => DeadLetterStore;
  readonly log?: MoveLog;
  readonly sendBasketOp?: (op: BasketOpMessage) => Promise<void>;
  /** A time of somebody else's. */
  readonly clock?: { readonly now: () => number };
  readonly sleep?: (delayMs: number) => Promise<unknown>;
  readonly planUnitsMax?: (table: string) => number | undefined;
  readonly plan?: typeof planOrders;
  readonly due?: () => Promise<boolean>;
  readonly fold?: typeof planFold;
  readonly decide?: typeof decideMove;
};

export type Drain = 'placeOrders' | 'foldBaskets' | 'moveOrders';

/** The drains on tables in memory and a clock that moves only by waiting, with everything that left them. */
export const makeDrainRoom = ({
  random = () => 0.5,
  tables = makeMemoryTables(),
  plan,
  due,
  planUnitsMax,
  fold,
  decide,
  ...wrap
}: DrainRoomOptions = {}) => {
  let now = sentAtMs + 1000;
  const waits: number[] = [];
  const lines: string[] = [];
  const sentOps: BasketOpMessage[] = [];
  const { deferral, deferred } = makeMemoryDeferral();
  // Waits have a random length; the time is in whole ms, as everywhere.
  const clock = wrap.clock ?? { now: () => Math.floor(now) };
  const logger = makeLogger({
    functionName: 'test',
    level: 'debug',
    now: clock.now,
    write: (line) => lines.push(line),
  });
  const letters = makeMemoryDeadLetterStore(tables);
  const told: string[] = [];
  const expectedDrainMs = async () => undefined;
  const news = {
    tell: async (each: readonly { readonly id: string }[]) => void told.push(...each.map(({ id }) => id)),
  };
  const deadLetters = wrap.deadLetters?.(letters) ?? letters;
  const partsOf = (queue: 'orders' | 'baskets' | 'moves') => ({
    clock,
    random,
    logger,
    leftovers: makeLeftovers({ queue, deadLetters, deferral, expectedDrainMs, news, clock, random, logger }),
    sleep: async (delayMs: number) => {
      waits.push(delayMs);
      if (wrap.sleep !== undefined) return wrap.sleep(delayMs);
      now += delayMs;
      return undefined;
    },
  });
  const noted = new Map<string, SettledMove>();
  const log: MoveLog = wrap.log ?? {
    note: async (move) => {
      if (!noted.has(move.moveId)) noted.set(move.moveId, move);
    },
  };
  const waiting = new Map<string, StaffAct>();
  const memory = {
    orders: makeMemoryOrderStore(tables),
    moves: makeMemoryMoveStore(tables),
    baskets: makeMemoryBasketStore(tables),
  };
  const sendBasketOps = async (ops: readonly BasketOpMessage[]): Promise<readonly UnsentOp[]> => {
    const unsent: UnsentOp[] = [];
    for (const op of ops) {
      try {
        await wrap.sendBasketOp?.(op);
        sentOps.push(op);
      } catch (error) {
        const code = error instanceof Error ? error.name : 'unknown';
        unsent.push({ op, code, isRefused: faultKindOf(error) === 'invalid' });
      }
    }
    return unsent;
  };
  const drains = {
    placeOrders: makePlaceOrders({
      ...partsOf('orders'),
      orders: wrap.orders?.(memory.orders) ?? memory.orders,
      queue: { sendBasketOps },
      ...(plan === undefined ? {} : { plan }),
      ...(due === undefined ? {} : { due }),
      ...(planUnitsMax === undefined ? {} : { planUnitsMax }),
    }),
    foldBaskets: makeFoldBaskets({
      ...partsOf('baskets'),
      baskets: wrap.baskets?.(memory.baskets) ?? memory.baskets,
      ...(fold === undefined ? {} : { fold }),
    }),
    moveOrders: makeMoveOrders({
      ...partsOf('moves'),
      moves: wrap.moves?.(memory.moves) ?? memory.moves,
      log,
      pending: makeMemoryPendingActs(waiting),
      ...(decide === undefined ? {} : { decide }),
    }),
  };
  const deadlineIn = (ms: number): Deadline => {
    const endMs = clock.now() + ms;
    return makeDeadline(() => endMs - clock.now());
  };
  const run = async (
    drain: Drain,
    records: readonly QueueRecord[],
    given: number | Deadline = 15_000,
  ): Promise<readonly string[]> => {
    const event = readQueueRecords({ Records: records.map(sqsRecordOf) });
    const deadline = typeof given === 'number' ? deadlineIn(given) : given;
    const answer: SQSBatchResponse = await drains[drain](event, deadline);
    return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return {
    tables,
    drains,
    memory,
    clock,
    waits,
    lines,
    sentOps,
    told,
    noted,
    waiting,
    deferred,
    run,
    /** An event of these messages in; the ids of those that go back out. */
    drain: (drain: Drain, messages: readonly (object | string)[], remainingMs?: number) =>
      run(
        drain,
        messages.map((message, index) => recordOf(message, index)),
        remainingMs,
      ),
    events: (event?: string): readonly Readonly<Record<string, unknown>>[] =>
      lines
        .map((line): Readonly<Record<string, unknown>> => JSON.parse(line))
        .filter((line) => event === undefined || line.event === event),
    advance: (ms: number) => {
      now += ms;
    },
  };
};
