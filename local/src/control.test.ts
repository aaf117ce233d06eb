import { afterEach, describe, expect, it } from 'vitest';
import type { AwsCall } from '#aws-call';
import type { Addresses } from '#config';
import { makeControl } from '#control';
import { ask, makeServers } from '#edge/testing/http';
import { listenOn } from '#gateways/door';

const servers = makeServers();
afterEach(() => servers.close());

type Call = { readonly call: string; readonly body: unknown };
type Answering = (call: string) => { readonly status: number; readonly body?: unknown };

/** A gate's control door that keeps what it was asked. */
const makeDoor = async (answer: Answering = () => ({ status: 204 })) => {
  const calls: Call[] = [];
  const port = await servers.listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = String(Buffer.concat(chunks));
      const call = `${request.method} ${request.url}`;
      calls.push({ call, body: text === '' ? undefined : JSON.parse(text) });
      const { status, body } = answer(call);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
  });
  return { port, calls };
};

const quiet = { visible: 0, inFlight: 0, delayed: 0, oldestAgeMs: 0, deadLetters: 0 };
type Room = {
  readonly queues?: () => object;
  readonly busy?: () => number;
  readonly rows?: Readonly<Record<string, object[]>>;
  readonly randomSeed?: number;
};

const open = async ({ queues = () => ({ orders: quiet }), busy = () => 0, rows = {}, randomSeed }: Room = {}) => {
  let looks = 0;
  const dynamodb = await makeDoor((call) =>
    call === 'GET /_gate/meters' ? { status: 200, body: { tables: { orders: { throttled: 1 } } } } : { status: 204 },
  );
  const sqs = await makeDoor((call) =>
    call === 'GET /_gate/meters' ? { status: 200, body: queues() } : { status: 204 },
  );
  const s3 = await makeDoor((call) =>
    call.startsWith('PUT') ? { status: 400, body: { message: 'latencyMs: too slow' } } : { status: 204 },
  );
  const socket = await makeDoor();
  const workers = await makeDoor(() => {
    looks += 1;
    return {
      status: 200,
      body: { busy: busy(), sources: [{ name: 'broadcast-orders', idle: true, emptyLooks: looks }] },
    };
  });
  const killed: string[] = [];
  let resets = 0;
  const engine = (async (_target: string, body: { TableName: string; ExclusiveStartKey?: { at: number } }) => {
    const items = rows[body.TableName] ?? [];
    const at = body.ExclusiveStartKey?.at ?? 0;
    return { Items: items.slice(at, at + 1), ...(at + 1 < items.length && { LastEvaluatedKey: { at: at + 1 } }) };
  }) as AwsCall;
  const port = servers.keep(
    await listenOn(
      0,
      makeControl({
        addresses: { dynamodb: dynamodb.port, sqs: sqs.port, s3: s3.port, workers: workers.port } as Addresses,
        socketDoor: socket.port,
        randomSeed,
        sources: ['place-orders'],
        engine,
        log: {
          line: () => undefined,
          event: () => undefined,
          workers: () => ({ opsPerWrite: 4, ordersPerCommit: 2 }),
          resetWorkers: () => {
            resets += 1;
          },
          close: () => Promise.resolve(),
        },
        kill: (part, signal) => {
          if (part !== 'queue') return false;
          killed.push(signal);
          return true;
        },
      }),
    ),
  );
  const call = async (line: string, body?: object | string) => {
    const [method = '', path = ''] = line.split(' ');
    const answer = await ask(port, path, {
      method,
      headers: { 'x-penstock-control': '1' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = String(answer.body);
    return {
      status: answer.status,
      text,
      body: text.startsWith('{') ? (JSON.parse(text.split('\n')[0] ?? '') as unknown) : undefined,
    };
  };
  return { port, call, dynamodb, sqs, s3, socket, killed, resets: () => resets };
};

describe('the control address', () => {
  it.each([
    ['without its header', {}],
    ['with another value of it', { 'x-penstock-control': 'yes' }],
    ['from a page', { 'x-penstock-control': '1', origin: 'http://127.0.0.1:4100' }],
    ['by another name', { 'x-penstock-control': '1', host: 'evil.example' }],
  ])('refuses a call %s', async (_what, headers) => {
    const { port, killed } = await open();
    const answer = await ask(port, '/parts/queue/kill', { method: 'POST', headers });
    expect([answer.status, killed]).toEqual([403, []]);
  });

  it.each(['GET /nothing', 'POST /capacity', 'GET /parts/queue/kill', 'GET /export/cards'])(
    'knows no %s',
    async (line) => {
      expect((await (await open()).call(line)).status).toBe(404);
    },
  );

  it('passes a change of capacity on to the gate', async () => {
    const { call, dynamodb } = await open();
    const wanted = { orders: { writePerSecond: 5 } };
    expect((await call('PUT /capacity', wanted)).status).toBe(204);
    expect(dynamodb.calls).toEqual([{ call: 'PUT /_gate/capacity', body: wanted }]);
  });

  it('hands each gate its own faults, with the seed', async () => {
    const { call, dynamodb, sqs, socket } = await open();
    const faults = { seed: 7, dynamodb: { errorShare: 0.1 }, sqs: { delayMs: 5 }, socket: { goneShare: 1 } };
    expect((await call('PUT /faults', faults)).status).toBe(204);
    expect(dynamodb.calls).toEqual([{ call: 'PUT /_gate/faults', body: { seed: 7, errorShare: 0.1 } }]);
    expect(sqs.calls).toEqual([{ call: 'PUT /_gate/faults', body: { seed: 7, delayMs: 5 } }]);
    expect(socket.calls).toEqual([{ call: 'PUT /_gate/faults', body: { seed: 7, goneShare: 1 } }]);
  });

  it('gives faults without a seed that of the start', async () => {
    const { call, sqs } = await open({ randomSeed: 9 });
    await call('PUT /faults', { sqs: { delayMs: 5 } });
    await call('PUT /faults', { seed: 7, sqs: { delayMs: 5 } });
    await call('PUT /faults', { sqs: { seed: 8, delayMs: 5 } });
    expect(sqs.calls.map(({ body }) => body)).toEqual([9, 7, 8].map((seed) => ({ seed, delayMs: 5 })));
  });

  it.each([
    [{ s3: { latencyMs: 1e9 } }, 's3.latencyMs: Give milliseconds from 0 to 60000.'],
    [{ sqs: { delayMs: 5, duplicateShare: 2 } }, 'sqs.duplicateShare: Give a share from 0 to 1.'],
    [{ dynamodb: { kettle: 1 } }, 'dynamodb.kettle: Not known; leave it out or give one of seed, '],
    [{ socket: { goneShare: 'x' } }, 'socket.goneShare: Give a share from 0 to 1.'],
    [{ dynamo: {} }, 'dynamo: Not known; leave it out or give one of seed, dynamodb, sqs, s3, socket.'],
    [{ seed: 'x' }, 'seed: Give a whole number.'],
    ['no json', 'faults: Give a JSON object.'],
    ['', 'faults: Give a JSON object.'],
  ])('refuses %j with field and remedy, and no gate hears of it', async (faults, said) => {
    const { call, dynamodb, sqs, s3, socket } = await open();
    const wished = typeof faults === 'string' ? faults : { sqs: { delayMs: 5 }, ...faults };
    const { status, body } = await call('PUT /faults', wished);
    expect([status, body]).toEqual([422, { message: expect.stringContaining(said) }]);
    for (const door of [dynamodb, sqs, s3, socket]) expect(door.calls).toEqual([]);
  });

  it('takes all back to what they were when one gate cannot take its own', async () => {
    const { call, sqs } = await open();
    expect((await call('PUT /faults', { sqs: { delayMs: 5 } })).status).toBe(204);
    expect(await call('PUT /faults', { sqs: { delayMs: 9 }, s3: { latencyMs: 1 } })).toMatchObject({
      status: 503,
      body: { message: 's3: latencyMs: too slow' },
    });
    expect(sqs.calls.map(({ body }) => body)).toEqual([{ delayMs: 5 }, { delayMs: 9 }, { delayMs: 5 }]);
  });

  it('ends all faults', async () => {
    const { call, dynamodb, sqs, s3, socket } = await open();
    expect((await call('DELETE /faults')).status).toBe(204);
    for (const door of [dynamodb, sqs, s3, socket])
      expect(door.calls.map((each) => each.call)).toEqual(['DELETE /_gate/faults']);
  });

  it('shows the meters of tables, queues and workers together, and clears them', async () => {
    const { call, dynamodb, resets } = await open();
    expect((await call('GET /meters')).body).toEqual({
      tables: { orders: { throttled: 1 } },
      queues: { orders: quiet },
      workers: { opsPerWrite: 4, ordersPerCommit: 2 },
    });
    expect((await call('DELETE /meters')).status).toBe(204);
    expect([resets(), dynamodb.calls.at(-1)?.call]).toEqual([1, 'DELETE /_gate/meters']);
  });

  it('kills a part with SIGKILL, or as told', async () => {
    const { call, killed } = await open();
    expect(await call('POST /parts/queue/kill')).toMatchObject({
      status: 202,
      body: { part: 'queue', signal: 'SIGKILL' },
    });
    expect((await call('POST /parts/queue/kill', { signal: 'SIGSTOP' })).status).toBe(202);
    expect(killed).toEqual(['SIGKILL', 'SIGSTOP']);
    expect((await call('POST /parts/queue/kill', { signal: 'SIGNAL' })).status).toBe(400);
    expect((await call('POST /parts/constructor/kill')).status).toBe(404);
  });
});

describe('drained', () => {
  it('is true when queues and stream readers are empty; dead letters do not count', async () => {
    const { call } = await open({
      queues: () => ({
        orders: quiet,
        'orders-dead': { ...quiet, visible: 3 },
        'stream-failures': { ...quiet, visible: 1 },
        watches: { ...quiet, inFlight: 1 },
      }),
    });
    expect(await call('GET /drained?timeoutMs=3000')).toMatchObject({ status: 200, body: { drained: true } });
  });

  it.each(['visible', 'inFlight', 'delayed'])('waits for what is %s', async (where) => {
    let left = 4;
    const { call } = await open({
      queues: () => {
        left -= 1;
        return { orders: { ...quiet, [where]: Math.max(0, left) } };
      },
    });
    expect(await call('GET /drained?timeoutMs=3000')).toMatchObject({ status: 200 });
    expect(left).toBeLessThanOrEqual(0);
  });

  it('is 408 while a function is at work', async () => {
    const { call } = await open({ busy: () => 1 });
    expect(await call('GET /drained?timeoutMs=120')).toMatchObject({ status: 408, body: { drained: false } });
  });

  it.each(['-1', 'soon', '1.5', '600001'])('refuses timeoutMs=%s', async (timeoutMs) => {
    expect((await (await open()).call(`GET /drained?timeoutMs=${timeoutMs}`)).status).toBe(400);
  });
});

describe('an export', () => {
  it('gives every page of what is stored as JSON lines, and no other kind of row', async () => {
    const row = (kind: string, sk: string) => ({ kind: { S: kind }, pk: { S: 'p' }, sk: { S: sk }, delta: { N: '2' } });
    const { call } = await open({
      rows: { operations: [row('stock-edit', 'a'), row('dead-letter', 'b'), row('stock-edit', 'c')] },
    });
    const { status, text } = await call('GET /export/stock-edits');
    expect(status).toBe(200);
    expect(text).toBe('{"kind":"stock-edit","delta":2}\n{"kind":"stock-edit","delta":2}\n');
  });
});
