import {
  type BasketOpMessage,
  basketOpMessageSchema,
  type MoveOrderMessage,
  moveOrderMessageSchema,
  type PlaceOrderMessage,
  placeOrderMessageSchema,
} from '@penstock/domain/messages';
import * as z from 'zod';
import type { Caught } from '#core/net-records';
import type { QueueRecord } from '#core/queue-records';
import { readMessage } from '#core/read-message';

/** A letter as a net's message tells it; `id` says what it is about. */
export type NetLetter = {
  readonly id: string;
  readonly reason: 'received-too-often' | 'unreadable' | 'newer-schema' | 'stream-failed';
  readonly detail: string;
  readonly attempt: number;
  readonly correlationId: string;
};

/** How letters are named: see deadLetterIds. */
export type LetterIds = {
  readonly order: (message: PlaceOrderMessage) => string;
  readonly basketOp: (message: BasketOpMessage) => string;
  readonly move: (message: MoveOrderMessage) => string;
  readonly unreadable: (queue: string, messageId: string) => string;
};

/** What to keep of a message that fell into a net. */
export const netLetterOf = (ids: LetterIds, from: Caught, record: QueueRecord): NetLetter => {
  if (from === 'orders') return letterOf(record, from, placeOrderMessageSchema, ids.order, ids);
  if (from === 'baskets') return letterOf(record, from, basketOpMessageSchema, ids.basketOp, ids);
  if (from === 'moves') return letterOf(record, from, moveOrderMessageSchema, ids.move, ids);
  const detail = failureOf(record.body);
  return { id: ids.unreadable(from, record.messageId), reason: 'stream-failed', detail, attempt: 0, correlationId: '' };
};

const letterOf = <Message extends { readonly attempt: number; readonly correlationId: string }>(
  { body, messageId, letter }: QueueRecord,
  from: Caught,
  schema: z.ZodType<Message>,
  idOf: (message: Message) => string,
  { unreadable }: LetterIds,
): NetLetter => {
  const reading = readMessage(body, schema);
  if (reading.kind === 'message') {
    const { attempt, correlationId } = reading.message;
    const detail = 'the queue gave it up';
    return { id: idOf(reading.message), reason: 'received-too-often', detail, attempt, correlationId };
  }
  const id = letter?.id ?? unreadable(from, messageId);
  if (reading.kind === 'unreadable') {
    const attempt = Math.max(reading.attempt, letter?.attempt ?? 0);
    return { id, reason: 'unreadable', ...withoutKind({ ...reading, attempt }) };
  }
  const detail = `schema ${reading.schema} is newer than this release`;
  return { id, reason: 'newer-schema', detail, attempt: letter?.attempt ?? 0, correlationId: '' };
};

const withoutKind = ({ detail, attempt, correlationId }: Omit<NetLetter, 'id' | 'reason'>) => ({
  detail,
  attempt,
  correlationId,
});

/** What Lambda sends about stream records that it gave up on: where they are, never what they say. */
const failureSchema = z.object({
  requestContext: z.object({
    functionArn: z.string(),
    condition: z.string(),
    approximateInvokeCount: z.number().optional(),
  }),
  DDBStreamBatchInfo: z.object({
    batchSize: z.number(),
    shardId: z.string(),
    startSequenceNumber: z.string(),
    approximateArrivalOfFirstRecord: z.string().optional(),
    approximateArrivalOfLastRecord: z.string().optional(),
  }),
});

/** What was missed, and what that leaves to do: a stream keeps its records for a day, and nothing sends them again. */
const missedBy = (functionName: string): string =>
  functionName.startsWith('views-')
    ? 'Lists may show these products as they were, until each is saved again.'
    : 'Nothing that was stored is lost, and open pages correct themselves: discard this once its cause is known.';

const failureOf = (body: string): string => {
  const parsed = failureSchema.safeParse(jsonOf(body));
  if (!parsed.success) return `Records of a stream were given up. ${missedBy('')}`;
  const { requestContext, DDBStreamBatchInfo: batch } = parsed.data;
  const name = requestContext.functionArn.split(':')[6] ?? requestContext.functionArn;
  const { approximateArrivalOfFirstRecord: first, approximateArrivalOfLastRecord: last } = batch;
  const when = first === undefined || last === undefined ? '' : ` written ${first} to ${last}`;
  const { condition, approximateInvokeCount: tries } = requestContext;
  const after = tries === undefined ? '' : ` after ${tries} tries`;
  const where = `${batch.shardId} from ${batch.startSequenceNumber}`;
  return `${name}: ${condition}${after}, ${batch.batchSize} records${when} (${where}). ${missedBy(name.replace(/^.*(?=views-|broadcast-)/, ''))}`;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
