import type { SQSBatchResponse } from 'aws-lambda';
import type { Deadline } from '#core/deadline';
import type { QueueRecord } from '#core/queue-records';

/** Works the messages of an event until the deadline and answers those that go back to their queue. */
export type Drain = (records: readonly QueueRecord[], deadline: Deadline) => Promise<SQSBatchResponse>;
