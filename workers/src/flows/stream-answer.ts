import type { RawStreamRecord } from '@penstock/platform/stream-records';

/** Lambda's partial answer for a stream: the shard is read again from the first sequence number named. */
export type StreamAnswer = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };

/** The share of a time-out after which no more is begun (H5). */
const workedShare = 0.7;

/** When to stop, ms since 1970, from what is left of the time-out as the event begins. */
export const deadlineOf = (nowMs: number, remainingMs: number): number => nowMs + workedShare * remainingMs;

/** All told, or "again from this place in the batch". */
export const streamAnswer = (records: readonly RawStreamRecord[], from: number | undefined): StreamAnswer => {
  const sequence = from === undefined ? undefined : records[from]?.dynamodb?.SequenceNumber;
  return { batchItemFailures: sequence === undefined ? [] : [{ itemIdentifier: sequence }] };
};
