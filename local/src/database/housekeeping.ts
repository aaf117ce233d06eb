import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@penstock/domain/clock';
import { makeDynamoCall } from '#database/dynamodb-call';
import { removeExpired } from '#database/expiry';
import type { StreamRecords } from '#database/stream-records';

export type HousekeepingOptions = {
  readonly endpoint: string;
  readonly records: StreamRecords;
  readonly clock: Clock;
  readonly expireEveryMs?: number;
};

/** DynamoDB keeps stream records for a day; whoever has not read them by then has lost them there too. */
const streamAgeMs = 24 * 60 * 60 * 1000;
/** Newest records of each table that stay whatever their age. */
const streamKeep = 100_000;
const trimEveryMs = 60_000;
const betweenPagesMs = 25;

/** What DynamoDB does by itself and the engine does not: trims streams and deletes expired rows. Until stopped. */
export const startHousekeeping = (options: HousekeepingOptions): { readonly stop: () => Promise<void> } => {
  const { endpoint, records, clock, expireEveryMs = 30_000 } = options;
  const stopping = new AbortController();
  const wait = (ms: number) => sleep(ms, undefined, { ref: false, signal: stopping.signal });
  const call = makeDynamoCall(endpoint);

  const trimStreams = async () => {
    while (records.trim(clock.now() - streamAgeMs, streamKeep) > 0) await wait(betweenPagesMs);
  };
  const expireRows = () => removeExpired({ call, nowMs: clock.now, pause: () => wait(betweenPagesMs) });

  const repeat = async (what: string, everyMs: number, work: () => Promise<unknown>): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await wait(everyMs);
        await work();
      } catch (error) {
        // The engine may be killed at any time; the next round is a new try.
        if (!stopping.signal.aborted) console.error(`${what} failed and is tried again in ${everyMs} ms:`, error);
      }
    }
  };
  const running = Promise.all([
    repeat('Trimming the streams', trimEveryMs, trimStreams),
    repeat('Deleting expired rows', expireEveryMs, expireRows),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
