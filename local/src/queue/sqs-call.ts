import * as z from 'zod';

/** The parts of an SQS call (JSON protocol) that the engine's door and the gate look at. The engine checks the rest. */
const entrySchema = z.looseObject({
  Id: z.string().optional(),
  MessageBody: z.string().optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
  ReceiptHandle: z.string().optional(),
});
export type SqsEntry = z.infer<typeof entrySchema>;

const bodySchema = entrySchema.extend({
  QueueUrl: z.string().optional(),
  QueueName: z.string().optional(),
  // plain-keys: names as AWS gives them, passed on as they are.
  Attributes: z.record(z.string(), z.string()).optional(),
  Entries: z.array(entrySchema).optional(),
});
export type SqsBody = z.infer<typeof bodySchema>;

export type SqsCall = { readonly action: string; readonly body: SqsBody };

/** Reads a call, or undefined when it is none: the engine then answers with SQS's own error. */
export const readSqsCall = (request: {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}): SqsCall | undefined => {
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string' || !target.startsWith('AmazonSQS.')) return undefined;
  const parsed = bodySchema.safeParse(request.body);
  return parsed.success ? { action: target.slice('AmazonSQS.'.length), body: parsed.data } : undefined;
};

/** The messages that a send names: one, or a batch of them. */
export const sentEntries = ({ action, body }: SqsCall): readonly SqsEntry[] => {
  if (action === 'SendMessage') return [body];
  return action === 'SendMessageBatch' ? (body.Entries ?? []) : [];
};

export const contentTypeOfSqs = 'application/x-amz-json-1.0';

/** An error in SQS's JSON shape, which the SDK surfaces under the name `code`. */
export const sqsError = (code: string, message: string): { readonly __type: string; readonly message: string } => ({
  __type: `com.amazonaws.sqs#${code}`,
  message,
});
