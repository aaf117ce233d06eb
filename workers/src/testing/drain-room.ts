import type { SettledMove, StaffAct } from '@penstock/domain/items';
import type { BasketOpMessage } from '@penstock/domain/messages';
import type { MoveLog } from '@penstock/platform/activity-log';
import type { BasketStore } from '@penstock/platform/basket-store';
import type { DeadLetterStore } from '@penstock/platform/dead-letter-store';
import { makeLogger } from '@penstock/platform/logger';
import type { MoveStore } from '@penstock/platform/move-store';
import type { OrderStore } from '@penstock/platform/order-store';
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
import type { SQSBatchResponse } from 'aws-lambda';
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
  readonly plan?: typeof planOrders;
  readonly due?: () => Promise<void>;
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
  const clock = { now: () => Math.floor(now) };
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
      now += delayMs;
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
  const sendBasketOp = async (op: BasketOpMessage) => {
    await wrap.sendBasketOp?.(op);
    sentOps.push(op);
  };
  const drains = {
    placeOrders: makePlaceOrders({
      ...partsOf('orders'),
      orders: wrap.orders?.(memory.orders) ?? memory.orders,
      queue: { sendBasketOp },
      ...(plan === undefined ? {} : { plan }),
      ...(due === undefined ? {} : { due }),
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
  const run = async (
    drain: Drain,
    records: readonly QueueRecord[],
    remainingMs = 15_000,
  ): Promise<readonly string[]> => {
    const event = readQueueRecords({ Records: records.map(sqsRecordOf) });
    const answer: SQSBatchResponse = await drains[drain](event, remainingMs);
    return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return {
    tables,
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
