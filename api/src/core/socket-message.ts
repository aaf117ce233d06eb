import { type SocketMessage, socketMessageSchema } from '@penstock/domain/frames';
import { limits } from '@penstock/domain/limits';
import { fieldErrorsOf, type ProblemCode, problemKind, type Violation, violationsOf } from '@penstock/domain/problems';

export type SocketFault = {
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly violations?: readonly Violation[];
};
export type ReadMessage =
  | { readonly ok: true; readonly message: SocketMessage }
  | { readonly ok: false; readonly fault: SocketFault };

/** Reads what a client sent: at most 4 KiB of JSON with a known action. Any other text is a fault with its remedy. */
export const readSocketMessage = (body: string | undefined): ReadMessage => {
  const text = body ?? '';
  if (Buffer.byteLength(text) > limits.socketMessageBytesMax)
    return refuse({ code: 'body-too-large', detail: 'A message may have at most 4 KiB. Name fewer topics in it.' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse({
      code: 'malformed-json',
      detail: 'The message is not JSON. Send one object such as {"action":"subscribe","topics":["catalogue"]}.',
    });
  }
  const parsed = socketMessageSchema.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data };
  return refuse({
    code: 'validation-failed',
    detail: 'The actions are subscribe, unsubscribe (both with topics) and ping.',
    violations: violationsOf(parsed.error),
  });
};

/** A problem as a frame: the members of the contract's section 3; `type` names the frame. */
export const problemFrame = (fault: SocketFault, correlationId: string) => {
  const { status, title, meaning } = problemKind(fault.code);
  const detail = fault.detail ?? meaning;
  const violations = fault.violations ?? [];
  return {
    type: 'problem' as const,
    code: fault.code,
    title,
    status,
    detail,
    message: detail,
    instance: '/',
    correlationId,
    ...(violations.length === 0 ? {} : { errors: fieldErrorsOf(violations), violations }),
  };
};

const refuse = (fault: SocketFault): ReadMessage => ({ ok: false, fault });
