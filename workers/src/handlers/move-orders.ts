import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { composeMoveOrders } from '#compose';
import { makeDeadline } from '#core/deadline';
import { readQueueRecords } from '#core/queue-records';

const moveOrders = composeMoveOrders(process.env);

/** Messages of moves.fifo in, those that go back out. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  moveOrders(
    readQueueRecords(event),
    makeDeadline(() => context.getRemainingTimeInMillis()),
  );
