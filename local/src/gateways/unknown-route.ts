import { randomUUID } from 'node:crypto';
import { correlationIdPattern } from '@penstock/domain/ids';
import { type ProblemCode, problemKind } from '@penstock/domain/problems';
import type { HttpCall, HttpReply } from '#gateways/http-call';
import type { Match } from '#gateways/routing';

/** What the gateway answers where no function has a route: a problem in the shape of all others (contract, section 3). */
export const unknownRouteReply = (match: Exclude<Match, { kind: 'route' }>, call: HttpCall): HttpReply => {
  const code: ProblemCode = match.kind;
  const { status, title, remedy } = problemKind(code);
  const given = call.headers['x-correlation-id'] ?? '';
  const correlationId = correlationIdPattern.test(given) ? given : randomUUID();
  const detail =
    match.kind === 'method-not-allowed'
      ? `${call.path} takes ${match.allow.join(', ')}.`
      : `There is no ${call.path}. ${remedy}`;
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-correlation-id': correlationId,
      'x-server-time': String(Date.now()),
      ...(match.kind === 'method-not-allowed' ? { allow: match.allow.join(', ') } : {}),
    },
    body: JSON.stringify({
      type: `/problems/${code}`,
      code,
      title,
      status,
      detail,
      message: detail,
      instance: call.path,
      correlationId,
    }),
  };
};
