import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { composeFoldBaskets } from '#compose';
import { makeDeadline } from '#core/deadline';
import { readQueueRecords } from '#core/queue-records';

const foldBaskets = composeFoldBaskets(process.env);

/** Messages of baskets.fifo in, those that go back out. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  foldBaskets(
    readQueueRecords(event),
    makeDeadline(() => context.getRemainingTimeInMillis()),
  );
