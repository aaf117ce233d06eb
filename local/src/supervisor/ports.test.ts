import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { choosePorts, freePorts } from '#supervisor/ports';

const servers: Server[] = [];
const closeAll = async (): Promise<void> => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
};
afterEach(closeAll);
const occupy = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    servers.push(server);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });

/** A port with free ones behind it, out of the way of clouds that run beside the tests. */
const rowStart = async (): Promise<number> => {
  for (;;) {
    const [port = 0] = await freePorts(1);
    const first = Math.min(port, 65_000);
    const isFree = await Promise.all([0, 1, 2, 3, 4].map((more) => occupy(first + more))).then(
      () => true,
      () => false,
    );
    await closeAll();
    if (isFree) return first;
  }
};

describe('the ports of a cloud', () => {
  it('are five in a row for people, and any free ones inside', async () => {
    const first = await rowStart();
    const { shop, adminSite, adminApi, socket, control, engine: _engine, ...inner } = await choosePorts(first);
    expect([shop, adminSite, adminApi, socket, control]).toEqual([0, 1, 2, 3, 4].map((more) => first + more));
    expect(new Set(Object.values(inner)).size).toBe(7);
  });

  it('end the command with code 5 when one of the five is taken, and name it', async () => {
    const first = await rowStart();
    await occupy(first + 3);
    await expect(choosePorts(first)).rejects.toMatchObject({
      exitCode: 5,
      message: `Port ${first + 3} is taken. Choose another with --port N, or --port 0 for free ones.`,
    });
  });

  it('are all different and free with --port 0', async () => {
    const { engine: _engine, ...others } = await choosePorts(0);
    const ports = Object.values(others);
    expect(ports.length).toBe(12);
    expect(new Set(ports).size).toBe(12);
    expect(ports.every((port) => port > 0)).toBe(true);
    await Promise.all(ports.map(occupy));
  });

  it('begin at 4100 or the next free five', async () => {
    const { shop, control } = await choosePorts(undefined);
    expect(shop).toBeGreaterThanOrEqual(4100);
    expect((shop - 4100) % 5).toBe(0);
    expect(control).toBe(shop + 4);
    await occupy(shop + 1);
    expect((await choosePorts(undefined)).shop).toBeGreaterThan(shop);
  });
});
