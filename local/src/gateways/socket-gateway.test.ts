import { setTimeout as sleep } from 'node:timers/promises';
import { loadTopology } from '@penstock/platform/topology';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { authorizationOf } from '#aws-call';
import { topologyPath } from '#config';
import { ask } from '#edge/testing/http';
import type { Outcome } from '#functions/instance';
import { type SocketGateway, type SocketGatewayOptions, startSocketGateway } from '#gateways/socket-gateway';
import { eventually } from '#supervisor/testing/processes';

const topology = loadTopology(topologyPath);
const gateways: SocketGateway[] = [];
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

type SocketEvent = {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly requestContext: { readonly routeKey: string; readonly eventType: string; readonly connectionId: string };
};
type Answering = (event: SocketEvent) => Outcome | Promise<Outcome>;
const ok = (body?: string): Outcome => ({ ok: true, value: { statusCode: 200, ...(body !== undefined && { body }) } });

const open = async (answer: Answering = () => ok(), more: Partial<SocketGatewayOptions> = {}) => {
  const events: SocketEvent[] = [];
  const gateway = await startSocketGateway({
    port: 0,
    managementPort: 0,
    topology,
    idleSeconds: 600,
    lifeSeconds: 7200,
    invoke: async (_name, event) => {
      events.push(event as SocketEvent);
      return answer(event as SocketEvent);
    },
    random: () => 0.5,
    ...more,
  });
  gateways.push(gateway);
  const manage = (method: string, id: string, body?: string | Buffer, caller = 'broadcast-orders') =>
    ask(gateway.managementPort, `/@connections/${encodeURIComponent(id)}`, {
      method,
      headers: { authorization: authorizationOf(caller) },
      ...(body !== undefined && { body }),
    });
  return { gateway, events, manage, idOf: () => events[0]?.requestContext.connectionId ?? '' };
};

const connect = async (
  gateway: SocketGateway,
  options: { readonly path?: string; readonly headers?: Record<string, string> } = {},
) => {
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}${options.path ?? '/?audience=shop'}`, {
    headers: options.headers ?? {},
  });
  sockets.push(socket);
  const said: string[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('message', (data) => said.push(String(data)));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { socket, said, closed, next: () => eventually(() => said.shift(), 2000) };
};

describe('what one client may cost', () => {
  const messages = (events: readonly SocketEvent[]) => events.filter(({ body }) => body !== undefined).length;

  it('is bounded: of a flood no more is read than is being handled, and all of it in the end', async () => {
    let go = (_value?: unknown): void => undefined;
    const gate = new Promise((resolve) => {
      go = resolve;
    });
    const { gateway, events } = await open(async ({ body }) => {
      if (body !== undefined) await gate;
      return ok();
    });
    const { socket } = await connect(gateway);
    const flood = 500;
    const text = JSON.stringify({ action: 'ping', text: 'x'.repeat(28_000) });
    for (let sent = 0; sent < flood; sent += 1) socket.send(text);
    await sleep(200);
    // What the gateway does not read waits at the client.
    expect(socket.bufferedAmount).toBeGreaterThan((flood * text.length) / 3);
    expect(messages(events)).toBe(1);
    go();
    await expect.poll(() => messages(events), { timeout: 5000 }).toBe(flood);
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it('ends with code 1008 and a word when more small messages come at once than anybody needs', async () => {
    const { gateway, events } = await open(async ({ body }) => {
      if (body !== undefined) await sleep(20);
      return ok();
    });
    const { socket, closed } = await connect(gateway);
    const word = new Promise((resolve) => socket.once('close', (_code, reason) => resolve(String(reason))));
    for (let sent = 0; sent < 2000; sent += 1) socket.send('{"action":"ping"}');
    expect(await closed).toBe(1008);
    expect(await word).toBe('Too many messages at once');
    expect(messages(events)).toBeLessThan(100);
  });

  it('ends when it reads nothing: posts to it are refused as gone, and it is cut off', async () => {
    const { gateway, manage, idOf } = await open();
    const { socket } = await connect(gateway);
    socket.pause();
    const answers: number[] = [];
    for (let posts = 0; posts < 200 && answers.at(-1) !== 410; posts += 1)
      answers.push((await manage('POST', idOf(), 'x'.repeat(128 * 1024))).status);
    expect(answers.at(-1)).toBe(410);
    await expect.poll(() => gateway.connections()).toBe(0);
  });

  it('leaves room for a bounded number of others, and says so to one more', async () => {
    const { gateway } = await open(() => ok(), { connectionsMax: 2 });
    await connect(gateway);
    await connect(gateway);
    await expect(connect(gateway)).rejects.toThrow('429');
    sockets[0]?.terminate();
    await expect.poll(() => gateway.connections()).toBe(1);
    await connect(gateway);
  });
});

describe('a socket', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'sends the action %s to the default route, whose answer it gets',
    async (action) => {
      const { gateway } = await open(({ requestContext }) => ok(`said by ${requestContext.routeKey}`));
      const client = await connect(gateway);
      client.socket.send(JSON.stringify({ action }));
      expect(await client.next()).toBe('said by $default');
    },
  );

  it('is opened when $connect says so, and $connect sees who comes', async () => {
    const { gateway, events } = await open();
    await connect(gateway, { path: '/?audience=staff', headers: { origin: 'http://127.0.0.1:4101' } });
    expect(events).toMatchObject([
      {
        requestContext: { routeKey: '$connect', eventType: 'CONNECT', identity: { sourceIp: '127.0.0.1' } },
        queryStringParameters: { audience: 'staff' },
        headers: { Origin: 'http://127.0.0.1:4101' },
      },
    ]);
    expect(gateway.connections()).toBe(1);
  });

  it.each([
    [{ ok: true, value: { statusCode: 403 } }, 403],
    [{ ok: true, value: null }, 500],
    [{ ok: false, error: { errorType: 'TypeError', errorMessage: 'x' } }, 502],
  ] as const)('stays shut when $connect answers %j', async (outcome, status) => {
    const { gateway } = await open(() => outcome);
    await expect(connect(gateway)).rejects.toThrow(`Unexpected server response: ${status}`);
    expect(gateway.connections()).toBe(0);
  });

  it('is refused to a page that rebinds its name', async () => {
    const { gateway, events } = await open();
    await expect(connect(gateway, { headers: { host: 'evil.example' } })).rejects.toThrow('403');
    expect(events).toEqual([]);
  });

  it.each([
    ['{"action":"subscribe","topics":["catalogue"]}', 'subscribe'],
    ['{"action":"ping"}', 'ping'],
    ['{"action":"$connect"}', '$default'],
    ['{"action":"dance"}', '$default'],
    ['{"action":7}', '$default'],
    ['null', '$default'],
    ['no json', '$default'],
  ])('sends %s to the route %s and hands its answer back', async (message, routeKey) => {
    const { gateway, events } = await open(({ requestContext }) => ok(`answer of ${requestContext.routeKey}`));
    const client = await connect(gateway);
    client.socket.send(message);
    expect(await client.next()).toBe(`answer of ${routeKey}`);
    expect(events[1]).toMatchObject({
      body: message,
      requestContext: { eventType: 'MESSAGE', connectionId: events[0]?.requestContext.connectionId },
    });
  });

  it('hears nothing when the answer has no body', async () => {
    const { gateway } = await open(({ body }) => (body === 'loud' ? ok('loud') : ok()));
    const client = await connect(gateway);
    client.socket.send('quiet');
    client.socket.send('loud');
    expect(await client.next()).toBe('loud');
  });

  it("hears the gateway's own error when the function failed, and stays open", async () => {
    const { gateway, idOf } = await open(({ requestContext }) =>
      requestContext.routeKey === '$connect' ? ok() : { ok: false, error: { errorType: 'E', errorMessage: 'secret' } },
    );
    const client = await connect(gateway);
    client.socket.send('{"action":"ping"}');
    expect(JSON.parse(await client.next())).toEqual({ message: 'Internal server error', connectionId: idOf() });
    expect(gateway.connections()).toBe(1);
  });

  it.each([
    ['a binary message', Buffer.from([1, 2]), 1003],
    ['a frame over 32 KB', 'x'.repeat(32 * 1024 + 1), 1009],
    ['a message over 128 KB', 'x'.repeat(128 * 1024 + 1), 1009],
  ])('is closed for %s, which no function sees', async (_what, message, code) => {
    const { gateway, events } = await open();
    const client = await connect(gateway);
    client.socket.send(message);
    expect(await client.closed).toBe(code);
    expect(events.filter((event) => event.requestContext.eventType === 'MESSAGE')).toEqual([]);
  });

  it('tells $disconnect when it goes', async () => {
    const { gateway, events } = await open();
    const client = await connect(gateway);
    client.socket.close();
    const last = await eventually(() => events.find((event) => event.requestContext.routeKey === '$disconnect'));
    expect(last.requestContext.eventType).toBe('DISCONNECT');
    expect(gateway.connections()).toBe(0);
  });

  it('is closed when it was idle for too long; a message puts that off', async () => {
    const { gateway } = await open(undefined, { idleSeconds: 0.4 });
    const [quiet, busy] = [await connect(gateway), await connect(gateway)];
    const chatter = setInterval(() => busy.socket.send('still here'), 80);
    expect(await quiet.closed).toBe(1001);
    expect(busy.socket.readyState).toBe(WebSocket.OPEN);
    clearInterval(chatter);
    expect(await busy.closed).toBe(1001);
  });

  it('is closed at the end of its life, however busy it is', async () => {
    const { gateway } = await open(undefined, { lifeSeconds: 0.3 });
    const client = await connect(gateway);
    const chatter = setInterval(() => client.socket.send('still here'), 50);
    expect(await client.closed).toBe(1001);
    clearInterval(chatter);
  });
});

describe('the @connections API', () => {
  it('posts to a socket, byte by byte', async () => {
    const { gateway, manage, idOf } = await open();
    const client = await connect(gateway);
    expect((await manage('POST', idOf(), '{"type":"change","é":1}')).status).toBe(200);
    expect(await client.next()).toBe('{"type":"change","é":1}');
  });

  it('says 410 of a socket that is gone, or never was', async () => {
    const { gateway, events, manage, idOf } = await open();
    const client = await connect(gateway);
    client.socket.close();
    await eventually(() => (events.length === 2 ? true : undefined));
    for (const [method, id] of [
      ['POST', idOf()],
      ['GET', idOf()],
      ['DELETE', idOf()],
      ['POST', 'bm9ib2R5='],
    ] as const) {
      const answer = await manage(method, id, method === 'POST' ? 'x' : undefined);
      expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([410, 'GoneException']);
    }
  });

  it('takes 128 KB and refuses more with 413', async () => {
    const { gateway, manage, idOf } = await open();
    const client = await connect(gateway);
    expect((await manage('POST', idOf(), 'x'.repeat(128 * 1024))).status).toBe(200);
    expect((await client.next()).length).toBe(128 * 1024);
    const refused = await manage('POST', idOf(), 'x'.repeat(128 * 1024 + 1));
    expect([refused.status, refused.headers['x-amzn-errortype']]).toEqual([413, 'PayloadTooLargeException']);
  });

  it('tells of a socket, and closes it', async () => {
    const { gateway, manage, idOf } = await open();
    const client = await connect(gateway);
    expect(JSON.parse(String((await manage('GET', idOf())).body))).toEqual({
      connectedAt: expect.stringMatching(/Z$/),
      lastActiveAt: expect.stringMatching(/Z$/),
      identity: { sourceIp: '127.0.0.1' },
    });
    expect((await manage('DELETE', idOf())).status).toBe(204);
    expect(await client.closed).toBe(1000);
  });

  it.each(['shop-baskets', 'nobody'])('is closed to %s, who was not granted it', async (caller) => {
    const { gateway, manage, idOf } = await open();
    const client = await connect(gateway);
    expect((await manage('POST', idOf(), 'x', caller)).status).toBe(403);
    await sleep(20);
    expect(client.said).toEqual([]);
  });

  it.each([
    ['an id that cannot be decoded', '/@connections/%zz', 410],
    ['another path', '/connections/x', 404],
  ])('answers %s', async (_what, path, status) => {
    const { gateway } = await open();
    const headers = { authorization: authorizationOf('operator') };
    expect((await ask(gateway.managementPort, path, { method: 'POST', headers })).status).toBe(status);
  });

  it('fails as often as it is told: gone, or over its limit', async () => {
    const { gateway, manage, idOf } = await open();
    const { closed } = await connect(gateway);
    const post = async () => (await manage('POST', idOf(), 'x')).status;
    gateway.setFaults({ goneShare: 0.4, limitShare: 0.6 });
    expect(await post()).toBe(429);
    gateway.setFaults({ goneShare: 0.4, limitShare: 0.4 });
    expect(await post()).toBe(200);
    gateway.setFaults({ goneShare: 0.6, limitShare: 0 });
    expect(await post()).toBe(410);
    expect(await closed).toBe(1006);
    expect(gateway.connections()).toBe(0);
  });

  it.each([
    ['a foreign Host', { host: 'evil.example' }],
    ['an Origin', { origin: 'http://127.0.0.1:4100' }],
  ])('is closed to a call with %s', async (_what, headers) => {
    const { gateway, idOf } = await open();
    await connect(gateway);
    const answer = await ask(gateway.managementPort, `/@connections/${encodeURIComponent(idOf())}`, {
      headers: { authorization: authorizationOf('operator'), ...headers },
    });
    expect(answer.status).toBe(403);
  });

  it('keeps working when a plain call comes to the socket address', async () => {
    const { gateway } = await open();
    expect((await ask(gateway.port, '/')).status).toBe(426);
    await connect(gateway);
  });
});
