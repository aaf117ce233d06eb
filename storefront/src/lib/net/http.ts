import type { Clock } from '@penstock/domain/clock';
import { NetworkError, ProblemError } from '#lib/net/problem.ts';
import { randomText } from '#lib/net/random.ts';
import type { ServerClock } from '#lib/net/server-clock.ts';

type Answer<T> = { readonly status: number; readonly body: T; readonly retryAfterMs?: number | undefined };
type CallOptions = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
};
/** Calls the shop's API. Throws ProblemError for an answer that refuses, NetworkError for none; an abort passes through. */
export type Http = <T>(method: string, path: string, options?: CallOptions) => Promise<Answer<T>>;

type HttpDeps = { readonly fetch: typeof fetch; readonly device: Clock; readonly clock: ServerClock };

/** A call without an answer for this long counts as none. The API itself gives up after 10 s. */
const timeLimitMs = 15_000;

/** Makes the client for `/api`. It learns the server's time from every fresh answer and sends an id that can be quoted. */
export const makeHttp =
  ({ fetch, device, clock }: HttpDeps): Http =>
  async (method, path, { body, headers, signal } = {}) => {
    const correlationId = randomText(16);
    const limit = AbortSignal.timeout(timeLimitMs);
    const sentMs = device.now();
    let response: Response;
    let text: string;
    try {
      response = await fetch(`/api${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          'X-Correlation-Id': correlationId,
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      learnTime(response, sentMs, device.now(), clock);
      text = await response.text();
    } catch (cause) {
      if (signal?.aborted === true) throw cause;
      throw new NetworkError(correlationId, cause);
    }
    const read = readJson(text);
    const id = response.headers.get('x-correlation-id') ?? correlationId;
    if (!response.ok || read === undefined) throw new ProblemError(problemOf(response, read, id));
    return { status: response.status, body: read as never, retryAfterMs: retryAfterMsOf(response, read) };
  };

const learnTime = (response: Response, sentMs: number, receivedMs: number, clock: ServerClock): void => {
  const serverMs = Number(response.headers.get('x-server-time') ?? Number.NaN);
  // An answer out of a cache carries the time at which it was made.
  const fresh = Number(response.headers.get('age') ?? 0) === 0;
  if (fresh && Number.isFinite(serverMs) && serverMs > 0) clock.learn(serverMs, sentMs, receivedMs);
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Gateways answer in a shape of their own; problemOf says so.
    return undefined;
  }
};

const problemOf = (response: Response, body: unknown, correlationId: string) => {
  const problem = isRecord(body) && typeof body.code === 'string' ? body : undefined;
  const detail = problem?.detail ?? problem?.title;
  return {
    status: response.ok ? 502 : response.status,
    code: typeof problem?.code === 'string' ? problem.code : 'gateway',
    detail: typeof detail === 'string' ? detail : 'The shop gave no readable answer.',
    correlationId,
    fieldErrors: isRecord(problem?.errors) ? textsOf(problem.errors) : {},
    retryAfterMs: retryAfterMsOf(response, body),
  };
};

/** Longer than this nobody waits for one answer; and a timer beyond 24 days would fire at once. */
const retryAfterMaxMs = 600_000;

/** Retry-After in seconds, from the header or the problem. The date form is not used by the contract. */
const retryAfterMsOf = (response: Response, body: unknown): number | undefined => {
  const stated = response.headers.get('retry-after') ?? (isRecord(body) ? body.retryAfterSeconds : undefined);
  const seconds = stated === undefined || stated === null ? Number.NaN : Number(stated);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, retryAfterMaxMs) : undefined;
};

const textsOf = (record: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record).map(([field, value]) => [field, String(value)]));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
