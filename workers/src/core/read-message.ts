import { correlationIdPattern } from '@penstock/domain/ids';
import { messageSchemaNumber } from '@penstock/domain/messages';
import * as z from 'zod';

/** A worker of version N reads N-1 and N+1; what is newer waits for a newer worker (A6). */
export const newestSchemaRead = messageSchemaNumber + 1;

export type MessageReading<Message> =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'newer'; readonly schema: number }
  | {
      readonly kind: 'unreadable';
      /** The first fault: where and which kind, never the value (H6). */
      readonly detail: string;
      /** What could still be told of it. */
      readonly attempt: number;
      readonly correlationId: string;
    };

const headSchema = z.object({
  schema: z.int().optional().catch(undefined),
  attempt: z.int().min(0).catch(0),
  correlationId: z.string().regex(correlationIdPattern).catch(''),
});

/** Reads the text of a queue message. Never throws: what is not a message is a reading too (G1). */
export const readMessage = <Message>(text: string, messageSchema: z.ZodType<Message>): MessageReading<Message> => {
  const json = parseJson(text);
  if (json === undefined) return { kind: 'unreadable', detail: 'body: no JSON', attempt: 0, correlationId: '' };
  const head = headSchema.safeParse(json.value).data ?? { schema: undefined, attempt: 0, correlationId: '' };
  if (head.schema !== undefined && head.schema > newestSchemaRead) return { kind: 'newer', schema: head.schema };
  const parsed = messageSchema.safeParse(json.value);
  if (parsed.success) return { kind: 'message', message: parsed.data };
  const [issue] = parsed.error.issues;
  const detail = `${issue?.path.join('.') || 'body'}: ${issue?.code ?? 'invalid'}`;
  return { kind: 'unreadable', detail, attempt: head.attempt, correlationId: head.correlationId };
};

const parseJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};
