import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { composePushOperations } from '#compose-streams';
import { readQueueRecords } from '#core/queue-records';

const pushOperations = composePushOperations(process.env);

/** Messages of watches.fifo in; the one that goes back out while somebody listens. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => ({
  batchItemFailures: (await pushOperations(readQueueRecords(event), () => context.getRemainingTimeInMillis())).map(
    (itemIdentifier) => ({ itemIdentifier }),
  ),
});
