import { createServer, type RequestListener, type Server } from 'node:http';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeDynamoDb, makeSqs } from '#clients';
import { faultKindOf } from '#table-fault';

/** The worker's client against a table that behaves as told: what it throws, and how often it asked. */
const callOf = async (
  answer: RequestListener,
  profile: 'worker' | 'api' = 'worker',
): Promise<{ readonly error: unknown; readonly requests: number }> => {
  let requests = 0;
  server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  const port = await new Promise<number>((resolve) => {
    server?.listen(0, '127.0.0.1', () => {
      const address = server?.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`);
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  const call = new GetCommand({ TableName: 'orders', Key: { id: 'x' } });
  const error = await makeDynamoDb(profile)
    .send(call)
    .catch((thrown: unknown) => thrown);
  return { error, requests };
};
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  vi.unstubAllEnvs();
});

describe("the workers' clients", () => {
  it('[F1] try once: the drain is the one retry layer', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-2');
    expect(await makeDynamoDb('worker').config.maxAttempts()).toBe(1);
    expect(await makeSqs('worker').config.maxAttempts()).toBe(1);
  });

  it.each([
    ['sdk-default', 'standard'],
    ['sdk-adaptive', 'adaptive'],
  ] as const)('leave attempts and delays to the SDK when %s is compared', async (profile, mode) => {
    vi.stubEnv('AWS_REGION', 'eu-west-2');
    const { config } = makeDynamoDb(profile);
    const retryMode = typeof config.retryMode === 'function' ? await config.retryMode() : config.retryMode;
    expect(retryMode).toBe(mode);
    expect(await config.maxAttempts()).toBeGreaterThan(1);
  });

  it('[F1] give up on a request after three seconds and leave it to the drain', async () => {
    const startedMs = Date.now();
    const { error, requests } = await callOf(() => undefined);
    expect([faultKindOf(error), requests]).toEqual(['unanswered', 1]);
    expect(Date.now() - startedMs).toBeLessThan(4000);
  }, 8000);

  it.each<[string, RequestListener]>([
    ['a reset', (request) => request.socket.destroy()],
    ['a 500', (_request, response) => response.writeHead(500, json).end('{"__type":"InternalServerError"}')],
    ['a bare 503', (_request, response) => response.writeHead(503).end('busy')],
    ['half a reply', (_request, response) => response.writeHead(200, json).end('{"Item": {"id"')],
  ])('[F1] leave %s to the drain, asked once', async (_what, answer) => {
    const { error, requests } = await callOf(answer);
    expect([faultKindOf(error), requests]).toEqual(['unanswered', 1]);
  });
});

const json = { 'content-type': 'application/x-amz-json-1.0' };

describe("the API's clients", () => {
  it('end a call to a table that hangs within about three seconds, all tries together', async () => {
    const startedMs = Date.now();
    const { error, requests } = await callOf(() => undefined, 'api');
    expect([faultKindOf(error), requests]).toEqual(['unanswered', 2]);
    expect(Date.now() - startedMs).toBeLessThan(3600);
  }, 8000);

  it('leave a queue that fails to the one repeat of a send', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-2');
    expect(await makeSqs('api').config.maxAttempts()).toBe(1);
  });
});
