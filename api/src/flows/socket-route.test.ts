import { frameSchema } from '@penstock/domain/frames';
import { orderIdPattern } from '@penstock/domain/ids';
import { type WatchMessage, watchMessageSchema } from '@penstock/domain/watch';
import type { ConnectionStore } from '@penstock/platform/connection-store';
import { makeLogger } from '@penstock/platform/logger';
import { isInNetworks } from '@penstock/platform/networks';
import { makeMemoryConnectionStore } from '@penstock/platform/testing/memory-connection-store';
import { describe, expect, it } from 'vitest';
import { readSocketEvent, type SocketEvent } from '#core/socket-event';
import { makeSocketRoute } from '#flows/socket-route';

const nowMs = Date.parse('2025-11-23T10:00:00.000Z');
const connectionId = 'L0SM9cOFvHcCIhw=';
const adminOrigin = 'http://127.0.0.1:4101';
const shopOrigin = 'http://127.0.0.1:4100';
const orderTopic = 'order/01hv3k9zq7c2x5t8w4n6m0p1rs';
const products = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `product/product-number-${from + index}`);

const makeRoom = (wrap: (store: ConnectionStore) => ConnectionStore = (store) => store) => {
  const clock = { now: () => nowMs };
  const lines: string[] = [];
  const woken: WatchMessage[] = [];
  const connections = makeMemoryConnectionStore({ clock });
  const route = makeSocketRoute({
    connections: wrap(connections),
    watches: { wake: async (message) => void woken.push(watchMessageSchema.parse(message)) },
    rules: {
      shopOrigins: [shopOrigin],
      adminOrigins: [adminOrigin],
      isStaffNetwork: (address) => isInNetworks(address, ['127.0.0.1/32']),
    },
    clock,
    random: () => 0,
    logger: makeLogger({ functionName: 'socket', level: 'debug', now: clock.now, write: (line) => lines.push(line) }),
    mintId: () => 'minted-correlation',
    sleep: async () => undefined,
  });
  const event = (routeKey: string, rest: Partial<SocketEvent> = {}, sourceIp = '127.0.0.1') =>
    route(
      readSocketEvent({
        requestContext: { routeKey, connectionId, connectedAt: nowMs, identity: { sourceIp } },
        ...rest,
      }),
    );
  const connect = (audience: string | undefined, headers: Record<string, string> = {}, sourceIp = '127.0.0.1') =>
    event('$connect', { headers, queryStringParameters: audience === undefined ? null : { audience } }, sourceIp);
  const send = async (body: unknown, routeKey = '$default') => {
    const answer = await event(routeKey, { body: typeof body === 'string' ? body : JSON.stringify(body) });
    expect(answer.statusCode).toBe(200);
    return JSON.parse(answer.body ?? 'null');
  };
  const subscribe = (topics: readonly string[]) => send({ action: 'subscribe', topics }, 'subscribe');
  return { connections, woken, lines, event, connect, send, subscribe };
};

describe('[H6] $connect', () => {
  it.each([
    ['a shopper from the shop', 'shop', { Origin: shopOrigin }, '203.0.113.9', 200],
    ['a tool without Origin', 'shop', {}, '203.0.113.9', 200],
    ['a shopper from another page', 'shop', { Origin: 'https://example.com' }, '127.0.0.1', 403],
    ['a page without an origin of its own', 'shop', { Origin: 'null' }, '127.0.0.1', 403],
    ['staff from the back office', 'staff', { origin: adminOrigin }, '127.0.0.1', 200],
    ['a tool on a staff network', 'staff', {}, '127.0.0.1', 200],
    ['staff from another network', 'staff', { Origin: adminOrigin }, '203.0.113.9', 403],
    ['staff by a forwarded address', 'staff', { 'X-Forwarded-For': '127.0.0.1' }, '203.0.113.9', 403],
    ['another page on a staff network', 'staff', { Origin: 'https://example.com' }, '127.0.0.1', 403],
    ['the shop on a staff network', 'staff', { Origin: shopOrigin }, '127.0.0.1', 403],
    ['an unknown audience', 'admin', {}, '127.0.0.1', 400],
    ['no audience', undefined, {}, '127.0.0.1', 400],
  ])('answers %s', async (_title, audience, headers, sourceIp, status) => {
    const room = makeRoom();
    expect(await room.connect(audience, headers as Record<string, string>, sourceIp)).toEqual({ statusCode: status });
    expect((await room.connections.find(connectionId))?.audience).toBe(status === 200 ? audience : undefined);
  });

  it('[H2] takes no topic, whatever the query says', async () => {
    const room = makeRoom();
    await room.event('$connect', { queryStringParameters: { audience: 'shop', topics: 'catalogue' } });
    expect(await room.connections.find(connectionId)).toMatchObject({ topics: [] });
    expect(await room.connections.connectionsOf('catalogue')).toEqual([]);
  });

  it('answers 500 when the table does not, so that the client tries again', async () => {
    const room = makeRoom((store) => ({ ...store, open: () => Promise.reject(new Error('no table')) }));
    expect(await room.connect('shop')).toEqual({ statusCode: 500 });
    expect(room.lines.join()).toContain('socket-call-failed');
  });
});

describe('subscribe', () => {
  it('[H2] answers once the topics are taken', async () => {
    const room = makeRoom();
    await room.connect('shop');
    expect(await room.subscribe([orderTopic, 'catalogue'])).toEqual({
      type: 'subscribed',
      topics: [orderTopic, 'catalogue'],
      refused: [],
    });
    expect(await room.connections.connectionsOf('catalogue')).toMatchObject([{ connectionId, audience: 'shop' }]);
  });

  it('refuses topic by topic, each with its code', async () => {
    const room = makeRoom();
    await room.connect('shop');
    expect(orderIdPattern.test('nonsense')).toBe(false);
    expect(await room.subscribe(['catalogue', 'order/nonsense', 'weather', 'staff/orders', 'connection/x'])).toEqual({
      type: 'subscribed',
      topics: ['catalogue'],
      refused: [
        { topic: 'order/nonsense', code: 'topic-unknown' },
        { topic: 'weather', code: 'topic-unknown' },
        { topic: 'staff/orders', code: 'topic-forbidden' },
        { topic: 'connection/x', code: 'topic-unknown' },
      ],
    });
  });

  it('[H6] grants staff topics by the stored audience, not by the message', async () => {
    const shop = makeRoom();
    await shop.connect('shop');
    expect(await shop.send({ action: 'subscribe', topics: ['staff/orders'], audience: 'staff' })).toMatchObject({
      type: 'problem',
      code: 'validation-failed',
    });
    expect((await shop.subscribe(['staff/orders'])).refused).toEqual([
      { topic: 'staff/orders', code: 'topic-forbidden' },
    ]);
    const staff = makeRoom();
    await staff.connect('staff');
    expect((await staff.subscribe(['staff/orders', 'catalogue'])).topics).toEqual(['staff/orders', 'catalogue']);
  });

  it('takes twenty topics and refuses the next, in one message or in two', async () => {
    const one = makeRoom();
    await one.connect('shop');
    const all = await one.subscribe(products(21));
    expect(all.topics).toEqual(products(20));
    expect(all.refused).toEqual([{ topic: 'product/product-number-20', code: 'topics-too-many' }]);
    const two = makeRoom();
    await two.connect('shop');
    await two.subscribe(products(20));
    expect(await two.subscribe([...products(1, 20), 'product/product-number-0'])).toMatchObject({
      topics: ['product/product-number-0'],
      refused: [{ code: 'topics-too-many' }],
    });
  });

  it('loses no topic of two messages that run in parallel', async () => {
    const room = makeRoom();
    await room.connect('shop');
    await Promise.all(products(4).map((topic) => room.subscribe([topic])));
    for (const topic of products(4)) expect(await room.connections.connectionsOf(topic)).toHaveLength(1);
  });

  it('says that the connection is not known any more when its row is gone', async () => {
    const room = makeRoom();
    expect(await room.subscribe(['catalogue'])).toMatchObject({ type: 'problem', code: 'record-not-found' });
  });

  it('asks to send again when the row stays contended', async () => {
    const room = makeRoom((store) => ({ ...store, setTopics: async () => 'changed' }));
    await room.connect('shop');
    expect(await room.subscribe(['catalogue'])).toMatchObject({ type: 'problem', code: 'store-busy', status: 503 });
  });
});

describe('unsubscribe, ping and $disconnect', () => {
  it('gives topics back and keeps the others', async () => {
    const room = makeRoom();
    await room.connect('shop');
    await room.subscribe([orderTopic, 'catalogue']);
    const answer = await room.send({ action: 'unsubscribe', topics: [orderTopic, 'weather'] }, 'unsubscribe');
    expect(answer).toEqual({ type: 'subscribed', topics: [], refused: [] });
    expect(await room.connections.connectionsOf(orderTopic)).toEqual([]);
    expect(await room.connections.connectionsOf('catalogue')).toHaveLength(1);
  });

  it('answers a ping with the time', async () => {
    const room = makeRoom();
    await room.connect('shop');
    expect(await room.send({ action: 'ping' }, 'ping')).toEqual({ type: 'pong', at: '2025-11-23T10:00:00.000Z' });
  });

  it('drops everything of a connection that left', async () => {
    const room = makeRoom();
    await room.connect('shop');
    await room.subscribe(['catalogue']);
    expect(await room.event('$disconnect')).toEqual({ statusCode: 200 });
    expect(await room.connections.find(connectionId)).toBeUndefined();
    expect(await room.connections.connectionsOf('catalogue')).toEqual([]);
  });
});

describe('a message that cannot be read', () => {
  it.each([
    ['nothing', '', 'malformed-json', 400],
    ['text', 'hello', 'malformed-json', 400],
    ['a list', '[]', 'validation-failed', 422],
    ['null', 'null', 'validation-failed', 422],
    ['an unknown action', '{"action":"shout"}', 'validation-failed', 422],
    ['no action', '{}', 'validation-failed', 422],
    ['a prototype for an action', '{"action":"__proto__"}', 'validation-failed', 422],
    ['no topics', '{"action":"subscribe"}', 'validation-failed', 422],
    ['an empty list of topics', '{"action":"subscribe","topics":[]}', 'validation-failed', 422],
    ['a topic that is no text', '{"action":"subscribe","topics":[7]}', 'validation-failed', 422],
    ['an unknown field', '{"action":"ping","loud":true}', 'validation-failed', 422],
    ['more than 4 KiB', JSON.stringify({ action: 'ping', pad: 'é'.repeat(2050) }), 'body-too-large', 413],
  ])('is answered by a problem frame, never a fault: %s', async (_title, body, code, status) => {
    const room = makeRoom();
    await room.connect('shop');
    const answer = await room.send(body);
    expect(frameSchema.safeParse(answer).success).toBe(true);
    expect(answer).toMatchObject({ type: 'problem', code, status, correlationId: 'minted-correlation' });
    expect(answer.detail).toBe(answer.message);
    if (code === 'validation-failed') expect(answer.violations[0].remedy).not.toBe('');
  });

  it('leaves no text of the client in the log', async () => {
    const room = makeRoom();
    await room.connect('shop');
    await room.send({ action: 'shout', name: 'Zyxwv Marker' });
    await room.subscribe(['basket/dGhpcyBpcyBhIGJhc2tldA', 'Zyxwv Marker']);
    expect(room.lines.join()).not.toMatch(/Marker|dGhpcyBpcyBhIGJhc2tldA/);
  });

  it('answers a fault of ours by a problem frame with the id under which it is logged', async () => {
    const room = makeRoom((store) => ({ ...store, find: () => Promise.reject(new Error('no table')) }));
    await room.connect('shop');
    expect(await room.subscribe(['catalogue'])).toMatchObject({
      code: 'internal',
      correlationId: 'minted-correlation',
    });
    expect(room.lines.join()).toContain('minted-correlation');
  });

  it('reads a binary message as text', async () => {
    const room = makeRoom();
    const body = Buffer.from('{"action":"ping"}').toString('base64');
    const answer = await room.event('$default', { body, isBase64Encoded: true });
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ type: 'pong' });
  });
});

describe('the topic of the meters', () => {
  it('wakes its worker each time somebody takes it, after the subscription is stored', async () => {
    const { connect, subscribe, woken } = makeRoom();
    await connect('staff', { Origin: adminOrigin });
    await subscribe(['staff/operations', 'staff/orders']);
    await subscribe(['staff/operations']);
    expect(woken.map(({ kind }) => kind)).toEqual(['watch-operations', 'watch-operations']);
  });

  it('wakes nobody for another topic, or for a shopper who may not have it', async () => {
    const { connect, subscribe, woken } = makeRoom();
    await connect('shop', { Origin: shopOrigin });
    await subscribe(['staff/operations', 'catalogue']);
    expect(woken).toEqual([]);
  });
});
