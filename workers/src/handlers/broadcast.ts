import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { composeBroadcast } from '#compose-streams';

const broadcast = composeBroadcast(process.env);

/** Stream records of products, baskets or orders in, frames out. */
export const handler = async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
  broadcast(event, context.getRemainingTimeInMillis());
