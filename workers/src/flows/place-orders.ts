import { type PlaceOrderMessage, placeOrderMessageSchema } from '@penstock/domain/messages';
import type { Logger } from '@penstock/platform/logger';
import type { OrderStore } from '@penstock/platform/order-store';
import type { WriteQueue } from '@penstock/platform/write-queue';
import type { SQSBatchResponse } from 'aws-lambda';
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
    readonly queue: Pick<WriteQueue, 'sendBasketOp'>;
    readonly leftovers: Leftovers;
    readonly logger: Logger;
  };

/**
 * Drains the queue `orders`: every order of the batch ends stored, as a dead letter, or back in the queue (D7). Groups
 * are worked one after the other, so at most one plan of a product is in flight.
 */
export const makePlaceOrders =
  (deps: PlaceOrdersDeps) =>
  async (records: readonly QueueRecord[], remainingMs: number): Promise<SQSBatchResponse> => {
    const { leftovers, clock } = deps;
    const patience = makePatience(deps, remainingMs);
    const door = { queue: 'orders', schema: placeOrderMessageSchema, isFifo: false, leftovers };
    const { opened, left } = await openBatch(records, door);
    const settling = makeOrderSettling({ ...deps, patience, startedMs: clock.now() });
    const playRound = makePlayRound({ ...deps, patience, settling });
    const work: Work = {
      ...deps,
      patience,
      playRound,
      left: [...left],
      groups: [entriesOf(opened)],
      trials: new Map(),
    };
    for (let group = work.groups.shift(); group !== undefined; group = work.groups.shift())
      await workGroup(work, group);
    return leftovers.answer([...work.left, ...settling.unsent()]);
  };

type Work = Pick<PlaceOrdersDeps, 'leftovers' | 'logger'> & {
  readonly patience: ReturnType<typeof makePatience>;
  readonly playRound: ReturnType<typeof makePlayRound>;
  readonly left: Leftover[];
  /** Still to be worked, in order. One group, until a fault that nobody knows is looked for by halves (D6). */
  readonly groups: (readonly OrderEntry[])[];
  readonly trials: Map<OrderEntry, number>;
};

/** Plays rounds until nobody of the group is pending: each settles somebody, waits, splits the group, or gives up. */
const workGroup = async (work: Work, group: readonly OrderEntry[]): Promise<void> => {
  let pending = group;
  let busy = 0;
  while (pending.length > 0) {
    const round = await work.playRound(pending);
    let progressed = round.settled.size > 0 && round.next === 'again';
    pending = pending.filter((entry) => !round.settled.has(entry));
    if (round.next === 'leave') {
      leave(work, pending, round.reason);
      return;
    }
    if (round.next === 'blame') {
      const rest = pending.filter((entry) => !round.blamed.includes(entry));
      if (round.blamed.length > 1) {
        work.groups.unshift(...halvesOf(round.blamed), rest);
        return;
      }
      if (await isOut(work, round)) {
        pending = rest;
        progressed = true;
      }
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

/** The trial of one message alone: whether it leaves the group, as a dead letter or back to the queue. */
const isOut = async (work: Work, round: Round): Promise<boolean> => {
  const [entry] = round.blamed;
  if (entry === undefined) return true;
  const trials = (work.trials.get(entry) ?? 0) + 1;
  work.trials.set(entry, trials);
  if (round.isMessageAtFault && trials < trialsMax) return false;
  const kept = round.isMessageAtFault && (await keepLetters(work, entry, round.reason));
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
