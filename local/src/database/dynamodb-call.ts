import * as z from 'zod';
import { plainCall } from '#plain-call';

/** The engine refused a call. */
export class CallRefused extends Error {
  readonly code = 'call-refused';
  /** The exception's short name, such as ConditionalCheckFailedException. */
  readonly type: string;
  constructor(operation: string, type: string, message: string) {
    super(`${operation}: ${type}: ${message}`);
    this.name = 'CallRefused';
    this.type = type;
  }
}

/** One call of DynamoDB's JSON protocol; throws CallRefused, or what the socket says when nobody listens. */
export type DynamoCall = (operation: string, body: object) => Promise<Readonly<Record<string, unknown>>>;

// plain-keys: names as AWS gives them, passed on as they are.
const replySchema = z.record(z.string(), z.unknown());
const refusalSchema = z.looseObject({ __type: z.string().default(''), message: z.string().optional() });

/** Calls an endpoint in the operator's name. */
export const makeDynamoCall =
  (endpoint: string): DynamoCall =>
  async (operation, body) => {
    const { status, text } = await plainCall(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00',
      },
      body: JSON.stringify(body),
    });
    const reply: unknown = text === '' ? {} : JSON.parse(text);
    if (status === 200) return replySchema.parse(reply);
    const { __type, message } = refusalSchema.parse(reply);
    throw new CallRefused(operation, __type.split('#').at(-1) ?? __type, message ?? `status ${status}`);
  };
