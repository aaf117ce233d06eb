import { afterEach, describe, expect, it } from 'vitest';
import { ask, makeServers } from '#edge/testing/http';
import { makeFaults } from '#fault-wishes';
import type { FunctionPool } from '#functions/pool';
import { socketFaultsSchema } from '#gateways/socket-faults';
import type { SocketFaults, SocketGateway } from '#gateways/socket-gateway';
import { innerCall, invokeThrough } from '#inner-door';
import { startFaultDoor } from '#parts/fault-door';
import { startHost } from '#parts/host';
import { freePorts } from '#supervisor/ports';

const servers = makeServers();
afterEach(() => servers.close());

const openHost = async () => {
  const reloaded: string[] = [];
  const pool: FunctionPool = {
    invoke: async (name, event) => {
      if (name === 'none') throw new TypeError('There is no function none here.');
      return { ok: true, value: { name, event } };
    },
    warm: () => Promise.resolve(),
    reload: (names) => reloaded.push(...names),
    hurry: () => undefined,
    busy: () => 0,
    end: () => Promise.resolve(),
  };
  const port = servers.keep(
    await startHost(0, pool, (method, path, body) => (path === '/sources' ? { method, body } : undefined)),
  );
  return { port, reloaded };
};

describe('the inner door', () => {
  it('carries an event to its function and the outcome back', async () => {
    const { port } = await openHost();
    expect(await invokeThrough(port)('shop orders/1', { text: 'é' })).toEqual({
      ok: true,
      value: { name: 'shop orders/1', event: { text: 'é' } },
    });
  });

  it('tells of a function that is not there', async () => {
    const { port } = await openHost();
    expect(await invokeThrough(port)('none', {})).toEqual({
      ok: false,
      error: { errorType: 'Runtime', errorMessage: 'There is no function none here.' },
    });
  });

  it('makes a part that is away an outcome, which the gateway can answer', async () => {
    const [port = 0] = await freePorts(1);
    expect(await invokeThrough(port)('f', {})).toMatchObject({ ok: false, error: { errorType: 'PartAway' } });
  });

  it.each([
    ['an answer that is no JSON', 200, '<html>', 200],
    ['an answer that breaks off', 200, '{"ok":', 3],
  ])('makes %s an outcome too', async (_what, status, body, keep) => {
    const port = await servers.listen((_request, response) => {
      response.writeHead(status, { 'content-length': String(body.length) });
      response.write(body.slice(0, keep));
      if (keep < body.length) response.destroy();
      else response.end();
    });
    expect(await invokeThrough(port)('f', {})).toMatchObject({ ok: false, error: { errorType: 'PartAway' } });
  });

  it('makes a part that hangs an outcome of its own', async () => {
    const port = await servers.listen(() => undefined);
    expect(await invokeThrough(port, 80)('f', {})).toMatchObject({
      ok: false,
      error: { errorType: 'Sandbox.Timedout' },
    });
  });

  it('gives up after its time', async () => {
    const port = await servers.listen(() => undefined);
    await expect(innerCall('GET', port, '/sources', undefined, 80)).rejects.toThrow('within 80 ms');
  });

  it('names what has changed, and lets a part add calls', async () => {
    const { port, reloaded } = await openHost();
    expect((await innerCall('POST', port, '/reload', ['a', 'b'])).status).toBe(200);
    expect(reloaded).toEqual(['a', 'b']);
    expect(await innerCall('PUT', port, '/sources', { name: 'x' })).toEqual({
      status: 200,
      body: { method: 'PUT', body: '{"name":"x"}' },
    });
    expect((await innerCall('GET', port, '/nothing')).status).toBe(404);
  });

  it.each([
    ['without the header', {}],
    ['from a page', { 'x-penstock-control': '1', origin: 'http://127.0.0.1:4100' }],
    ['for another host', { 'x-penstock-control': '1', host: 'evil.example' }],
  ])('is shut to a call %s', async (_what, headers) => {
    const { port } = await openHost();
    expect((await ask(port, '/invoke/f', { method: 'POST', headers, body: '{}' })).status).toBe(403);
  });
});

describe('a door that is sent nonsense', () => {
  it.each([
    ['an event that is no JSON', '/invoke/f', '{'],
    ['a name that cannot be decoded', '/invoke/%zz', '{}'],
    ['a list that is no JSON', '/reload', ''],
  ])('answers %s, and lives on', async (_what, path, body) => {
    const { port } = await openHost();
    const headers = { 'x-penstock-control': '1' };
    expect((await ask(port, path, { method: 'POST', headers, body })).status).toBe(500);
    expect((await innerCall('POST', port, '/reload', [])).status).toBe(200);
  });
});

describe("the socket gateway's fault door", () => {
  const open = async () => {
    const set: SocketFaults[] = [];
    const gateway: SocketGateway = {
      port: 1,
      managementPort: 2,
      connections: () => 7,
      setFaults: (faults) => set.push(faults),
      close: () => Promise.resolve(),
    };
    return { port: servers.keep(await startFaultDoor(0, gateway, makeFaults(socketFaultsSchema))), set };
  };

  it('sets the faults that are named, clears all, and counts the connections', async () => {
    const { port, set } = await open();
    expect((await innerCall('PUT', port, '/_gate/faults', { goneShare: 0.5 })).status).toBe(204);
    expect((await innerCall('DELETE', port, '/_gate/faults')).status).toBe(204);
    expect(set).toEqual([
      { goneShare: 0.5, limitShare: 0 },
      { goneShare: 0, limitShare: 0 },
    ]);
    expect((await innerCall('GET', port, '/_gate/meters')).body).toEqual({ connections: 7 });
  });

  it.each([{ goneShare: 2 }, { goneShare: 'x' }, { gone: 1 }, undefined])('refuses %j', async (faults) => {
    const { port, set } = await open();
    expect((await innerCall('PUT', port, '/_gate/faults', faults)).status).toBe(422);
    expect(set).toEqual([]);
  });

  it('is shut to pages', async () => {
    const { port } = await open();
    const headers = { 'x-penstock-control': '1', origin: 'http://x' };
    expect((await ask(port, '/_gate/meters', { headers })).status).toBe(403);
  });
});
