import middy from '@middy/core';
import type { Clock } from '@penstock/domain/clock';
import { own } from '@penstock/domain/own';
import type { Logger } from '@penstock/platform/logger';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import {
  addHeaders,
  answerProblems,
  beginCall,
  checkGuards,
  logCall,
  type ProxyAnswer,
  type StartedCall,
} from '#http/middlewares';
import { refuseStrangers } from '#http/parameters';
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

/**
 * A function of an API. A call goes down this list, its answer or its fault comes back up it: so one line is logged a call, every
 * answer has the headers, and a fault is a problem before both. A fault of a part is a 503; a fault of ours is a 500 with the
 * correlation id and no detail.
 */
export const makeApi = <Event>(options: ApiOptions<Event>) =>
  middy()
    .use(beginCall(options))
    .use(logCall(options))
    .use(addHeaders(options))
    .use(answerProblems(options))
    .use(checkGuards([...options.guards, refuseStrangers]))
    // middy's types know one kind of event; beginCall puts the call, as it was read, in the place of the gateway's.
    .handler(routeCall(options.routes)) as unknown as (event: Event) => Promise<ProxyAnswer>;

const routeCall =
  (routes: Routes) =>
  async ({ call, correlationId }: StartedCall): Promise<ApiAnswer> => {
    const route = own(routes, call.route);
    if (route === undefined) throw new ProblemError('route-not-found', { detail: `There is no ${call.route}.` });
    return route(call, correlationId);
  };
