import { createHash } from 'node:crypto';
import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { BasketOpMessage, MoveOrderMessage, PlaceOrderMessage } from '@penstock/domain/messages';
import { own } from '@penstock/domain/own';
import { packStamp } from '@penstock/domain/stamps';
import { forEachBounded } from '#bounded';
import type { Settings } from '#settings';
import { faultKindOf } from '#table-fault';

/** How many messages a queue holds: visible, in flight and delayed. Deferred messages are not visible (B2). */
export type QueueDepth = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

/** Sends writes. A send that fails throws: the caller answers 503, nothing is known to be taken (A3). */
export type WriteQueue = {
  readonly sendOrder: (message: PlaceOrderMessage) => Promise<void>;
  readonly sendBasketOp: (message: BasketOpMessage) => Promise<void>;
  /** Sends many, ten a call and a few calls at once. Answers those that were not sent, with why. Never throws. */
  readonly sendBasketOps: (messages: readonly BasketOpMessage[]) => Promise<readonly UnsentOp[]>;
  readonly sendMove: (message: MoveOrderMessage) => Promise<void>;
  readonly depth: (queue: 'orders' | 'baskets' | 'moves') => Promise<QueueDepth>;
};

/** `isRefused`: it will never be taken in this form; anything else may be sent again. */
export type UnsentOp = { readonly op: BasketOpMessage; readonly code: string; readonly isRefused: boolean };

/** Entries that one batch call takes (AWS), and calls under way at once. */
const entriesPerCall = 10;
const callsAtOnce = 8;

/** The queues by their names in SQS. */
export const sqsName = { orders: 'orders', baskets: 'baskets.fifo', moves: 'moves.fifo' } as const;

/** The write queues on SQS. Groups: an order's is its basket (a fair queue, B4), a basket op's its basket, a move's its order. */
export const makeSqsWriteQueue = (deps: { readonly sqs: SQSClient; readonly settings: Settings }): WriteQueue => {
  const send = async (queue: keyof typeof sqsName, body: unknown, group: string, deduplicationId?: string) => {
    await deps.sqs.send(
      new SendMessageCommand({
        QueueUrl: deps.settings.queueUrl(sqsName[queue]),
        MessageBody: messageText(body),
        MessageGroupId: group,
        ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
      }),
    );
  };
  const sendTen = async (messages: readonly BasketOpMessage[]): Promise<readonly UnsentOp[]> => {
    const unsent = (code: string, isRefused: boolean) => messages.map((op) => ({ op, code, isRefused }));
    try {
      const { Failed = [] } = await deps.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: deps.settings.queueUrl(sqsName.baskets),
          Entries: messages.map((message, index) => ({
            Id: String(index),
            MessageBody: messageText(message),
            MessageGroupId: message.basketId,
            MessageDeduplicationId: basketDeduplicationId(message),
          })),
        }),
      );
      return Failed.flatMap(({ Id, Code = 'unknown', SenderFault = false }) => {
        const op = messages[Number(Id)];
        return op === undefined ? [] : [{ op, code: Code, isRefused: SenderFault && !isSlowDown.test(Code) }];
      });
    } catch (error) {
      return unsent(error instanceof Error ? error.name : 'unknown', faultKindOf(error) === 'invalid');
    }
  };
  return {
    sendOrder: (message) => send('orders', message, message.basketId),
    sendBasketOp: (message) => send('baskets', message, message.basketId, basketDeduplicationId(message)),
    sendBasketOps: async (messages) => {
      const calls = Array.from({ length: Math.ceil(messages.length / entriesPerCall) }, (_, index) =>
        messages.slice(index * entriesPerCall, (index + 1) * entriesPerCall),
      );
      const unsent: UnsentOp[] = [];
      await forEachBounded(calls, callsAtOnce, async (ten) => void unsent.push(...(await sendTen(ten))));
      return unsent;
    },
    sendMove: (message) => send('moves', message, message.orderId, moveDeduplicationId(message)),
    depth: async (queue) => {
      const answer = await deps.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: deps.settings.queueUrl(sqsName[queue]),
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      const attributes: Readonly<Record<string, string | undefined>> = answer.Attributes ?? {};
      const count = (attribute: string) => Number(own(attributes, attribute) ?? 0);
      return {
        visible: count('ApproximateNumberOfMessages'),
        inFlight: count('ApproximateNumberOfMessagesNotVisible'),
        delayed: count('ApproximateNumberOfMessagesDelayed'),
      };
    },
  };
};

/** Refused for now: SQS calls it the sender's fault. */
const isSlowDown = /throttl|limit/i;

/**
 * A message as JSON of characters that every SQS takes: AWS refuses U+FFFE and U+FFFF (SendMessage, "message body"), the
 * local engine everything beyond the first plane, so these go escaped, an emoji as its two halves. JSON.stringify escapes
 * control characters and lone surrogates itself. The same bytes travel in both clouds.
 */
export const messageText = (body: unknown): string =>
  JSON.stringify(body).replace(/[\uD800-\uDFFF\uFFFE\uFFFF]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);

/** hash(basket, line, stamp, quantity), and the attempt of a redrive (C4). Nothing rests on deduplication. */
const basketDeduplicationId = ({ basketId, op, attempt }: BasketOpMessage): string => {
  const target = 'clear' in op ? ['clear'] : [op.line, op.quantity];
  return sha256Hex(JSON.stringify([basketId, ...target, packStamp(op.stamp), attempt]));
};

/** The move id, plus the attempt on redrive (E3). Hashed, because a key may have characters that SQS refuses. */
const moveDeduplicationId = ({ moveId, attempt }: MoveOrderMessage): string => sha256Hex(`${moveId} ${attempt}`);

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
