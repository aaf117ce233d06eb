import type { EngineReply, EngineRequest } from '#queue/engine-app';

/** The CORS rule of the buckets: these origins may read and upload; no other header than those a form needs. */
const methods = 'GET, HEAD, POST';
const maxAgeSeconds = '600';

/** Adds what a browser needs to see an answer, error or not. An origin that is not listed gets nothing, as on S3. */
export const addCorsHeaders = (
  { headers: { origin } }: EngineRequest,
  reply: EngineReply,
  allowedOrigins: readonly string[],
): void => {
  reply.header('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
  if (origin === undefined || !allowedOrigins.includes(origin)) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-expose-headers', 'ETag, Location');
};

/** Whether a preflight is answered with the rule, or refused. */
export const isPreflightAllowed = ({ headers }: EngineRequest, allowedOrigins: readonly string[]): boolean =>
  headers.origin !== undefined &&
  allowedOrigins.includes(headers.origin) &&
  methods.split(', ').includes(headers['access-control-request-method'] ?? '');

export const addPreflightHeaders = ({ headers }: EngineRequest, reply: EngineReply): void => {
  reply.header('access-control-allow-methods', methods);
  reply.header('access-control-max-age', maxAgeSeconds);
  const asked = headers['access-control-request-headers'];
  if (asked !== undefined) reply.header('access-control-allow-headers', asked);
};
