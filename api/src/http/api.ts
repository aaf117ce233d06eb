import type { Clock } from '@penstock/domain/clock';
import { correlationIdPattern } from '@penstock/domain/ids';
import { fieldErrorsOf, type Problem, problemKind } from '@penstock/domain/problems';
import { errorFields, type Logger } from '@penstock/platform/logger';
import { faultKindOf } from '@penstock/platform/table-fault';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { problemOfFault } from '#http/fault-problem';
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

type Started = { readonly call: ApiCall; readonly correlationId: string; readonly beganMs: number };

/**
 * A function of an API: guards, routes, problems, headers and one log line a call, all under one correlation id. A fault
 * of a part is a 503; a fault of ours is a 500 with the correlation id and no detail; the log has the rest, once.
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
        'x-content-type-options': 'nosniff',
        ...options.headers?.(call),
        ...answer.headers,
        'x-server-time': String(options.clock.now()),
        'x-correlation-id': correlationId,
      },
      body: answer.body === undefined ? '' : JSON.stringify(answer.body),
    };
  };

  const answer = async ({ call, correlationId }: Started): Promise<ApiAnswer> => {
    for (const guard of options.guards) await guard(call);
    const route = Object.hasOwn(options.routes, call.route) ? options.routes[call.route] : undefined;
    if (route === undefined) throw new ProblemError('route-not-found', { detail: `There is no ${call.route}.` });
    return route(call, correlationId);
  };

  /** What went wrong in a part or in us, once: refusals are in the line of the call. */
  const logFault = (error: unknown, problem: ProblemError, { call, correlationId }: Started): void => {
    if (error instanceof ProblemError) return;
    const fields = { route: call.route, correlationId, ...errorFields(error) };
    if (problem.code === 'internal') options.logger.error('request-failed', fields);
    // A grant or a table that is missing stays missing until an operator acts.
    else if (faultKindOf(error) === 'world') options.logger.error('part-refuses', fields);
    else options.logger.warn('part-fault', fields);
  };

  return async (event: Event): Promise<ProxyAnswer> => {
    const started = begin(event);
    try {
      return finish(started, await answer(started));
    } catch (error) {
      const problem = problemOfFault(error, started.call.method);
      logFault(error, problem, started);
      return finish(started, answerOf(problem, started), problem.code);
    }
  };
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
