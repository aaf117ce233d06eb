import type { MiddlewareObj } from '@middy/core';
import type { Clock } from '@penstock/domain/clock';
import { correlationIdPattern } from '@penstock/domain/ids';
import { fieldErrorsOf, type Problem, problemKind } from '@penstock/domain/problems';
import { errorFields, type Logger } from '@penstock/platform/logger';
import { faultKindOf } from '@penstock/platform/table-fault';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { problemOfFault } from '#http/fault-problem';
import { ProblemError } from '#http/problem-error';

/** A call under way, in the place of the gateway's event: one correlation id from here to the last line of the log. */
export type StartedCall = { readonly call: ApiCall; readonly correlationId: string; readonly beganMs: number };

/** What API Gateway sends. */
export type ProxyAnswer = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** An answer of ours; `code` of a problem. */
type Answer = ApiAnswer & { readonly code?: string };
type Middleware<Event = StartedCall, Response = Answer> = MiddlewareObj<Event, Response>;

type BeginOptions<Event> = {
  readonly read: (event: Event) => ApiCall;
  readonly clock: Clock;
  readonly mintId: () => string;
};

/** Reads the gateway's event, takes the caller's correlation id or mints one. Last on the way back: the form of the gateway. */
export const beginCall = <Event>({ read, clock, mintId }: BeginOptions<Event>): Middleware<unknown, unknown> => {
  const send = (request: { response: unknown }): void => {
    const { status, headers = {}, body } = request.response as Answer;
    const answer: ProxyAnswer = {
      statusCode: status,
      headers: { ...headers },
      body: body === undefined ? '' : JSON.stringify(body),
    };
    request.response = answer;
  };
  return {
    before: (request) => {
      const call = read(request.event as Event);
      const given = call.headers['x-correlation-id'] ?? '';
      const correlationId = correlationIdPattern.test(given) ? given : mintId();
      request.event = { call, correlationId, beganMs: clock.now() } satisfies StartedCall;
    },
    after: send,
    onError: send,
  };
};

/** One line a call, whatever became of it. */
export const logCall = ({ logger, clock }: { readonly logger: Logger; readonly clock: Clock }): Middleware => {
  const log: Middleware['after'] = ({ event, response }) => {
    const { status, log: fields, code } = response as Answer;
    logger.info('request', {
      route: event.call.route,
      status,
      correlationId: event.correlationId,
      durationMs: clock.now() - event.beganMs,
      ...(code === undefined ? {} : { code }),
      ...fields,
    });
  };
  return { after: log, onError: log };
};

type HeaderOptions = {
  readonly clock: Clock;
  readonly headers?: (call: ApiCall) => Readonly<Record<string, string>>;
};

/** What every answer carries. */
export const addHeaders = ({ clock, headers }: HeaderOptions): Middleware => {
  const add: Middleware['after'] = (request) => {
    const { call, correlationId } = request.event;
    const answer = request.response as Answer;
    request.response = {
      ...answer,
      headers: {
        'content-type': answer.code === undefined ? 'application/json' : 'application/problem+json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...headers?.(call),
        ...answer.headers,
        'x-server-time': String(clock.now()),
        'x-correlation-id': correlationId,
      },
    };
  };
  return { after: add, onError: add };
};

/** Every fault as a problem. What went wrong in a part or in us is logged, once; a refusal is in the line of the call. */
export const answerProblems = ({ logger }: { readonly logger: Logger }): Middleware => ({
  onError: (request) => {
    const problem = problemOfFault(request.error, request.event.call.method);
    logFault(logger, request.error, problem, request.event);
    request.response = answerOf(problem, request.event);
  },
});

/** Asks each guard in turn, before any work. */
export const checkGuards = (guards: readonly ((call: ApiCall) => Promise<void> | void)[]): Middleware => ({
  before: async ({ event }) => {
    for (const guard of guards) await guard(event.call);
  },
});

const logFault = (
  logger: Logger,
  error: unknown,
  problem: ProblemError,
  { call, correlationId }: StartedCall,
): void => {
  if (error instanceof ProblemError) return;
  const fields = { route: call.route, correlationId, ...errorFields(error) };
  if (problem.code === 'internal') logger.error('request-failed', fields);
  // A grant or a table that is missing stays missing until an operator acts.
  else if (faultKindOf(error) === 'world') logger.error('part-refuses', fields);
  else logger.warn('part-fault', fields);
};

const answerOf = ({ code, message, details }: ProblemError, { call, correlationId }: StartedCall): Answer => {
  const { status, title } = problemKind(code);
  const { violations, current, retryAfterSeconds } = details;
  const retry = retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : undefined);
  const body: Problem = {
    type: `/problems/${code}`,
    code,
    title,
    status,
    detail: message,
    message,
    instance: call.path,
    correlationId,
    ...(retry === undefined ? {} : { retryAfterSeconds: retry }),
    ...(violations === undefined ? {} : { errors: { ...fieldErrorsOf(violations) }, violations: [...violations] }),
    ...(current === undefined ? {} : { current }),
  };
  return {
    status,
    code,
    body,
    headers: { ...details.headers, ...(retry === undefined ? {} : { 'retry-after': String(retry) }) },
  };
};
