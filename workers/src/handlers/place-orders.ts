import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { composePlaceOrders } from '#compose';
import { makeDeadline } from '#core/deadline';
import { readQueueRecords } from '#core/queue-records';

const placeOrders = composePlaceOrders(process.env);

/** Messages of the queue orders in, those that go back out. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  placeOrders(
    readQueueRecords(event),
    makeDeadline(() => context.getRemainingTimeInMillis()),
  );
