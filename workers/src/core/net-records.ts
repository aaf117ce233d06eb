import type { SQSEvent } from 'aws-lambda';
import { type QueueRecord, readQueueRecords } from '#core/queue-records';

/** The queues that catch what nobody could work (G3), and what a letter from there is called by. */
export const nets = {
  'orders-dead': 'orders',
  'baskets-dead': 'baskets',
  'moves-dead': 'moves',
  'stream-failures': 'stream-failures',
} as const;

export type Caught = (typeof nets)[keyof typeof nets];
export type NetRecord = { readonly record: QueueRecord; readonly from: Caught | undefined };

/** The messages of an event of one net. `from` is undefined when the net is none that this release knows. */
export const readNetRecords = (event: Pick<SQSEvent, 'Records'>): readonly NetRecord[] =>
  readQueueRecords(event).map((record, index) => ({ record, from: caughtFrom(event.Records[index]?.eventSourceARN) }));

/** A queue's real name has a prefix of its environment and, when it is FIFO, an ending. */
const caughtFrom = (arn = ''): Caught | undefined => {
  const name = (arn.split(':').at(-1) ?? '').replace(/\.fifo$/, '');
  return Object.entries(nets).find(([net]) => name === net || name.endsWith(`-${net}`))?.[1];
};
