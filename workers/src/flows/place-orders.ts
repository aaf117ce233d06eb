import { type PlaceOrderMessage, placeOrderMessageSchema } from '@penstock/domain/messages';
import type { Logger } from '@penstock/platform/logger';
import type { OrderStore } from '@penstock/platform/order-store';
import type { WriteQueue } from '@penstock/platform/write-queue';
import type { SQSBatchResponse } from 'aws-lambda';
import type { Deadline } from '#core/deadline';
import { faultDetail } from '#core/fault-detail';
import type { QueueRecord } from '#core/queue-records';
import { deadLetterIds } from '#flows/dead-letter-ids';
import type { Leftover, Leftovers } from '#flows/leftovers';
import { type Opened, openBatch } from '#flows/open-batch';
import { makePatience, type PatienceDeps, trialsMax } from '#flows/patience';
import { makePlayRound, type OrderEntry, type PlayRoundDeps, type Round } from '#flows/place-round';
import { makeOrderSettling } from '#flows/settle-order';

export type PlaceOrdersDeps = PatienceDeps &
  Pick<PlayRoundDeps, 'planUnitsMax' | 'due'> & {
    readonly orders: OrderStore;
    readonly queue: Pick<WriteQueue, 'sendBasketOps'>;
    readonly leftovers: Leftovers;
    readonly logger: Logger;
  };

/**
 * Drains the queue `orders`: every order of the batch ends stored, as a dead letter, or back in the queue (D7). Groups
 * are worked one after the other, so at most one plan of a product is in flight.
 */
export const makePlaceOrders =
  (deps: PlaceOrdersDeps) =>
  async (records: readonly QueueRecord[], deadline: Deadline): Promise<SQSBatchResponse> => {
    const { leftovers, clock } = deps;
    const patience = makePatience(deps, deadline);
    const door = { queue: 'orders', schema: placeOrderMessageSchema, isFifo: false, leftovers };
    const { opened, left } = await openBatch(records, door);
    const settling = makeOrderSettling({ ...deps, patience, startedMs: clock.now() });
    const playRound = makePlayRound({ ...deps, patience, settling });
    const work: Work = {
      ...deps,
      deadline,
      patience,
      playRound,
      left: [...left],
      groups: [entriesOf(opened)],
      splits: 0,
      trials: new Map(),
    };
    for (let group = work.groups.shift(); group !== undefined; group = work.groups.shift())
      await workGroup(work, group);
    return leftovers.answer([...work.left, ...settling.unsent()]);
  };

type Work = Pick<PlaceOrdersDeps, 'leftovers' | 'logger'> & {
  readonly deadline: Deadline;
  readonly patience: ReturnType<typeof makePatience>;
  readonly playRound: ReturnType<typeof makePlayRound>;
  readonly left: Leftover[];
  /** Still to be worked, in order. One group, until a fault that nobody knows is looked for by halves (D6). */
  readonly groups: (readonly OrderEntry[])[];
  /** How often a group was split, for the wait before the halves are tried. */
  splits: number;
  readonly trials: Map<OrderEntry, number>;
};

/**
 * Plays rounds until nobody of the group is pending: each settles somebody, waits, splits the group, or gives up. Progress buys
 * no time: at the deadline the rest goes back (F6).
 */
const workGroup = async (work: Work, group: readonly OrderEntry[]): Promise<void> => {
  let pending = group;
  let busy = 0;
  while (pending.length > 0) {
    if (work.deadline.isOver()) {
      leave(work, pending, 'out-of-time');
      return;
    }
    const round = await work.playRound(pending, isTrial(work, pending));
    let progressed = round.settled.size > 0 && round.next === 'again';
    pending = pending.filter((entry) => !round.settled.has(entry));
    if (round.next === 'leave') {
      leave(work, pending, round.reason);
      return;
    }
    if (round.next === 'blame') {
      const rest = pending.filter((entry) => !round.blamed.includes(entry));
      if (round.isNamed && pending.length > 1) {
        for (const entry of round.blamed) work.trials.set(entry, (work.trials.get(entry) ?? 0) + 1);
        work.groups.unshift(rest);
        work.groups.push(...round.blamed.map((entry) => [entry]));
        return;
      }
      if (round.blamed.length > 1) {
        work.groups.unshift(...halvesOf(round.blamed), rest);
        // What nobody knows may be of the world after all: it gets time to pass.
        if (!round.isMessageAtFault && !(await work.patience.waitBusy(work.splits++))) leaveAll(work, round.reason);
        return;
      }
      const isOutNow = await isOut(work, round);
      if (isOutNow) pending = rest;
      // A fault of the message is no better for waiting.
      progressed = isOutNow || round.isMessageAtFault;
    }
    if (pending.length === 0 || progressed) continue;
    const isBusy = round.next === 'busy' || round.next === 'blame';
    const hasTime = isBusy ? await work.patience.waitBusy(busy) : await work.patience.waitContended();
    if (isBusy) busy += 1;
    if (hasTime) continue;
    leave(work, pending, round.reason);
    return;
  }
};

/** One that was blamed before, alone. */
const isTrial = ({ trials }: Work, [entry, ...others]: readonly OrderEntry[]): boolean =>
  entry !== undefined && others.length === 0 && trials.has(entry);

/** The trial of one message alone: whether it leaves the group, as a dead letter or back to the queue. */
const isOut = async (work: Work, round: Round): Promise<boolean> => {
  const [entry] = round.blamed;
  if (entry === undefined) return true;
  const trials = (work.trials.get(entry) ?? 0) + 1;
  work.trials.set(entry, trials);
  if (round.isMessageAtFault && trials < trialsMax) return false;
  const kept = round.isMessageAtFault && (await keepLetters(work, entry, faultDetail(round.error)));
  if (!kept) leave(work, [entry], round.reason);
  return true;
};

const keepLetters = async ({ leftovers }: Work, { message, records }: OrderEntry, detail: string): Promise<boolean> => {
  const { attempt, correlationId, orderId } = message;
  const letter = { id: deadLetterIds.order(message), reason: 'invalid', detail, attempt, correlationId };
  const [record] = records;
  return record === undefined || leftovers.keepLetter(record, letter, { orderId, correlationId });
};

const leave = ({ left }: Work, entries: readonly OrderEntry[], reason: string): void => {
  for (const { records, message } of entries) {
    const { orderId, correlationId } = message;
    left.push({ records, reason, fields: { orderId, correlationId } });
  }
};

const leaveAll = (work: Work, reason: string): void => {
  for (const group of work.groups.splice(0)) leave(work, group, reason);
};

/** One entry for each (id, hash), in the order of arrival: the same body twice is one order (A4). */
const entriesOf = (opened: readonly Opened<PlaceOrderMessage>[]): readonly OrderEntry[] => {
  const entries = new Map<string, { message: PlaceOrderMessage; records: QueueRecord[] }>();
  for (const { record, message } of opened) {
    const key = `${message.orderId} ${message.bodyHash}`;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { message, records: [record] });
    else known.records.push(record);
  }
  return [...entries.values()];
};

const halvesOf = (entries: readonly OrderEntry[]): readonly (readonly OrderEntry[])[] => {
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(0, middle), entries.slice(middle)];
};
