import middy from '@middy/core';
import type { Clock } from '@penstock/domain/clock';
import { correlationIdPattern } from '@penstock/domain/ids';
import { fieldErrorsOf, type Problem, problemKind } from '@penstock/domain/problems';
import { RowsUnread } from '@penstock/platform/batch-get';
import { CallThrottled } from '@penstock/platform/call-throttled';
import { errorFields, type Logger } from '@penstock/platform/logger';
import { isThrottled } from '@penstock/platform/patient-call';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { ProblemError } from '#http/problem-error';

export type RouteHandler = (call: ApiCall, correlationId: string) => Promise<ApiAnswer>;
export type Routes = Readonly<Record<string, RouteHandler>>;
/** Checks a call before any work; throws a ProblemError. */
export type Guard = (call: ApiCall) => Promise<void> | void;

export type ApiOptions<Event> = {
  readonly routes: Routes;
  readonly read: (event: Event) => ApiCall;
  readonly guards: readonly Guard[];
  /** Headers of every answer to this call, such as CORS. */
  readonly headers?: (call: ApiCall) => Readonly<Record<string, string>>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly mintId: () => string;
};

export type ProxyAnswer = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

type Request<Event> = {
  event: Event;
  response: ProxyAnswer | null;
  error: Error | null;
  internal: Record<string, unknown>;
};
type Started = { readonly call: ApiCall; readonly correlationId: string; readonly beganMs: number };

/**
 * A function of an API: guards, routes, problems, headers and one log line a call. Unknown faults are a 500 with the
 * correlation id and no detail; the log has the rest, once.
 */
export const makeApi = <Event>(options: ApiOptions<Event>) => {
  const begin = (event: Event): Started => {
    const call = options.read(event);
    const given = call.headers['x-correlation-id'] ?? '';
    return {
      call,
      correlationId: correlationIdPattern.test(given) ? given : options.mintId(),
      beganMs: options.clock.now(),
    };
  };

  const finish = ({ call, correlationId, beganMs }: Started, answer: ApiAnswer, code?: string): ProxyAnswer => {
    options.logger.info('request', {
      route: call.route,
      status: answer.status,
      correlationId,
      durationMs: options.clock.now() - beganMs,
      ...(code === undefined ? {} : { code }),
      ...answer.log,
    });
    return {
      statusCode: answer.status,
      headers: {
        'content-type': code === undefined ? 'application/json' : 'application/problem+json',
        'cache-control': 'no-store',
        ...options.headers?.(call),
        ...answer.headers,
        'x-server-time': String(options.clock.now()),
        'x-correlation-id': correlationId,
      },
      body: answer.body === undefined ? '' : JSON.stringify(answer.body),
    };
  };

  const startedOf = (request: Request<Event>): Started => {
    const started = (request.internal.started as Started | undefined) ?? begin(request.event);
    request.internal.started = started;
    return started;
  };

  return middy<Event, ProxyAnswer>()
    .use({
      before: (request) => {
        startedOf(request as unknown as Request<Event>);
      },
      onError: (request) => {
        const started = startedOf(request as unknown as Request<Event>);
        const problem = problemOf(request.error);
        if (problem.code === 'internal')
          options.logger.error('request-failed', {
            route: started.call.route,
            correlationId: started.correlationId,
            ...errorFields(request.error),
          });
        const answer = answerOf(problem, started);
        request.response = finish(started, answer, problem.code);
      },
    })
    .handler(async (event) => {
      const started = begin(event);
      const { call } = started;
      for (const guard of options.guards) await guard(call);
      const route = options.routes[call.route];
      if (route === undefined) throw new ProblemError('route-not-found', { detail: `There is no ${call.route}.` });
      return finish(started, await route(call, started.correlationId));
    });
};

/** Every error as a problem: ours as they are, a throttled table as store-busy (E4), the rest without detail. */
const problemOf = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof CallThrottled || error instanceof RowsUnread || isThrottled(error))
    return new ProblemError('store-busy', { retryAfterSeconds: 1 });
  return new ProblemError('internal');
};

const answerOf = ({ code, message, details }: ProblemError, { call, correlationId }: Started): ApiAnswer => {
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
    body,
    headers: { ...details.headers, ...(retry === undefined ? {} : { 'retry-after': String(retry) }) },
  };
};
