import * as z from 'zod';

/** A received message, as the contract suite looks at it. */
const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
});
export type Received = z.infer<typeof messageSchema>;

const batchSchema = z.object({
  Successful: z.array(z.looseObject({ Id: z.string() })).default([]),
  Failed: z.array(z.looseObject({ Id: z.string(), Code: z.string() })).default([]),
});

export type SqsAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** Signs as the operator: gates read the key's name, engines nothing. */
const signedAs = (caller: string): string =>
  `AWS4-HMAC-SHA256 Credential=${caller}/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00`;

/** One call in SQS's JSON protocol, without an SDK, so that the suite sees what is on the wire. */
export const callSqs = async (
  endpoint: string,
  action: string,
  body: unknown,
  caller = 'operator',
): Promise<SqsAnswer> => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization: signedAs(caller),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text)) };
};

export type QueueClient = ReturnType<typeof makeQueueClient>;

/** The calls of one queue. A refused call throws with the engine's words, except through `call`. */
export const makeQueueClient = (endpoint: string, queueUrl: string) => {
  const call = (action: string, body: object) => callSqs(endpoint, action, { QueueUrl: queueUrl, ...body });
  const ok = async (action: string, body: object) => {
    const answer = await call(action, body);
    if (answer.status !== 200) throw new TypeError(`${action} was answered ${JSON.stringify(answer)}`);
    return answer.body;
  };
  const receive = async (options: object = {}): Promise<readonly Received[]> => {
    const body = await ok('ReceiveMessage', {
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      ...options,
    });
    return z.array(messageSchema).parse(body.Messages ?? []);
  };
  return {
    queueUrl,
    call,
    receive,
    bodies: async (options: object = {}) => (await receive(options)).map((message) => message.Body),
    send: (body: string, options: object = {}) => ok('SendMessage', { MessageBody: body, ...options }),
    /** To a FIFO queue: the body is the deduplication id unless another one is given. */
    sendTo: (group: string, body: string, id = body) =>
      ok('SendMessage', { MessageBody: body, MessageGroupId: group, MessageDeduplicationId: id }),
    batch: async (action: string, entries: readonly object[]) =>
      batchSchema.parse(await ok(`${action}Batch`, { Entries: entries })),
    remove: (message: Received) => ok('DeleteMessage', { ReceiptHandle: message.ReceiptHandle }),
    setVisibility: (message: Received, seconds: number) =>
      ok('ChangeMessageVisibility', { ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: seconds }),
    attributes: async () =>
      z.record(z.string(), z.string()).parse((await ok('GetQueueAttributes', { AttributeNames: ['All'] })).Attributes),
  };
};

/** Makes a queue and answers with its client. A name ending in .fifo makes a high-throughput FIFO queue. */
export const createQueue = async (
  endpoint: string,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<QueueClient> => {
  const answer = await callSqs(endpoint, 'CreateQueue', {
    QueueName: name,
    Attributes: { ...(name.endsWith('.fifo') && highThroughput), ...attributes },
  });
  if (answer.status !== 200) throw new TypeError(`CreateQueue was answered ${JSON.stringify(answer)}`);
  return makeQueueClient(endpoint, z.string().parse(answer.body.QueueUrl));
};

const highThroughput = {
  FifoQueue: 'true',
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
};
