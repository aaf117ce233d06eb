import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { composeAnnounceCatalogue } from '#compose-streams';

const announceCatalogue = composeAnnounceCatalogue(process.env);

/** Stream records of products in; the catalogue snapshot, its frame and those of staff/products out. */
export const handler = async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
  announceCatalogue(event, context.getRemainingTimeInMillis());
