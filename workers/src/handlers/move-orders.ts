import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { composeMoveOrders } from '#compose';
import { readQueueRecords } from '#core/queue-records';

const moveOrders = composeMoveOrders(process.env);

/** Messages of moves.fifo in, those that go back out. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  moveOrders(readQueueRecords(event), context.getRemainingTimeInMillis());
