import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { composeKeepDeadLetters } from '#compose-streams';
import { makeDeadline } from '#core/deadline';
import { readNetRecords } from '#core/net-records';

const keepDeadLetters = composeKeepDeadLetters(process.env);

/** Messages of the dead-letter queues and of stream-failures in, those that could not be kept back out. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  keepDeadLetters(
    readNetRecords(event),
    makeDeadline(() => context.getRemainingTimeInMillis()),
  );
