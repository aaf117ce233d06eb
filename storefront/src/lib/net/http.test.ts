import { describe, expect, it, vi } from 'vitest';
import { makeHttp } from '#lib/net/http.ts';
import { isPassing, NetworkError, ProblemError } from '#lib/net/problem.ts';
import { makeServerClock } from '#lib/net/server-clock.ts';

const httpAnswering = (body: string, init: ResponseInit = {}) => {
  const device = { now: () => 1000 };
  const clock = makeServerClock(device);
  return { clock, http: makeHttp({ fetch: async () => new Response(body, init), device, clock }) };
};
const problemOf = async (promise: Promise<unknown>): Promise<ProblemError> => {
  const error = await promise.catch((caught: unknown) => caught);
  if (!(error instanceof ProblemError)) throw new TypeError('no problem');
  return error;
};

describe('a call', () => {
  it('answers the body with Retry-After and learns the time of the server', async () => {
    const { http, clock } = httpAnswering('{"a":1}', { headers: { 'retry-after': '2', 'x-server-time': '9000' } });
    expect(await http('GET', '/x')).toEqual({ status: 200, body: { a: 1 }, retryAfterMs: 2000 });
    expect(clock.now()).toBe(9000);
  });

  it('does not learn the time from an answer out of a cache', async () => {
    const { http, clock } = httpAnswering('{}', { headers: { age: '60', 'x-server-time': '9000' } });
    await http('GET', '/x');
    expect(clock.now()).toBe(1000);
  });

  it('throws a problem with its fields', async () => {
    const body = { code: 'validation-failed', detail: 'Check.', errors: { 'contact.name': 'Enter your name.' } };
    const headers = { 'x-correlation-id': 'corr-12345678' };
    const { details } = await problemOf(
      httpAnswering(JSON.stringify(body), { status: 422, headers }).http('POST', '/x'),
    );
    expect(details).toEqual({
      status: 422,
      code: 'validation-failed',
      detail: 'Check.',
      correlationId: 'corr-12345678',
      fieldErrors: { 'contact.name': 'Enter your name.' },
      retryAfterMs: undefined,
    });
  });

  it.each([
    [502, '<html>Bad gateway</html>'],
    [200, '<html>not the shop</html>'],
    [429, '{"message":"Too Many Requests"}'],
  ])('treats a gateway that answers %i in its own shape as passing', async (status, body) => {
    const error = await problemOf(httpAnswering(body, { status }).http('GET', '/x'));
    expect([error.details.code, isPassing(error)]).toEqual(['gateway', true]);
  });

  it('throws a network error, which is passing, when no answer comes; an abort stays an abort', async () => {
    const device = { now: () => 1 };
    const fetch = vi.fn(async () => {
      throw new TypeError('Failed to fetch');
    });
    const http = makeHttp({ fetch, device, clock: makeServerClock(device) });
    const error = await http('GET', '/x').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NetworkError);
    expect(isPassing(error)).toBe(true);
    await expect(http('GET', '/x', { signal: AbortSignal.abort() })).rejects.not.toBeInstanceOf(NetworkError);
  });
});
