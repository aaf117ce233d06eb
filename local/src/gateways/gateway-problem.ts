import { randomUUID } from 'node:crypto';
import { correlationIdPattern } from '@penstock/domain/ids';
import { type ProblemCode, problemKind } from '@penstock/domain/problems';
import type { HttpReply } from '#gateways/http-call';
import type { Match } from '#gateways/routing';

type Called = { readonly path: string; readonly correlationId: string | undefined };

/** What a gateway answers before any function is asked: a problem in the shape of all others (contract, section 3). */
export const gatewayProblem = (
  code: ProblemCode,
  { path, correlationId: given = '' }: Called,
  detail: string,
  headers: HttpReply['headers'] = {},
): HttpReply => {
  const { status, title } = problemKind(code);
  const correlationId = correlationIdPattern.test(given) ? given : randomUUID();
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-correlation-id': correlationId,
      'x-server-time': String(Date.now()),
      ...headers,
    },
    body: JSON.stringify({
      type: `/problems/${code}`,
      code,
      title,
      status,
      detail,
      message: detail,
      instance: path,
      correlationId,
    }),
  };
};

/** The answer where no function has a route. */
export const unknownRouteReply = (match: Exclude<Match, { kind: 'route' }>, called: Called): HttpReply =>
  match.kind === 'method-not-allowed'
    ? gatewayProblem(match.kind, called, `${called.path} takes ${match.allow.join(', ')}.`, {
        allow: match.allow.join(', '),
      })
    : gatewayProblem(match.kind, called, `There is no ${called.path}. ${problemKind(match.kind).remedy}`);
