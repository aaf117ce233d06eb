import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Ports that every browser refuses to call, whoever asks and whatever the host: the Fetch standard's "bad ports" that
 * need no rights to listen on. The database engine answers any Origin, any Host and any key, and has no option against
 * it (decision record 010): on such a port no page can speak to it at all.
 */
export const portsNoPageMayCall: readonly number[] = [6665, 6666, 6667, 6668, 6669, 6697];

const triesMax = 50;

/**
 * Where the database engine may stand: on a port that no page may call, at one of sixteen million loopback addresses,
 * drawn anew at each start, so that whoever lives on this machine does not stumble over it either.
 */
export const chooseHiddenEndpoint = async (): Promise<string> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    // Neither 127.0.x.x, where people's own servers stand, nor the broadcast address.
    const host = `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
    const port = portsNoPageMayCall[randomInt(portsNoPageMayCall.length)] ?? 6667;
    if (await isFree(host, port)) return `http://${host}:${port}`;
  }
  throw new Error(`None of the ports ${portsNoPageMayCall.join(', ')} is free on the loopback addresses 127.0.0.0/8.`);
};

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
