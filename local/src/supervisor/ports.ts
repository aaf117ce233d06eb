import { createServer } from 'node:net';
import type { Addresses } from '#config';
import { chooseHiddenEndpoint } from '#database/hidden-address';
import { CommandEnded } from '#supervisor/exit';

const publicCount = 5;
const innerCount = 7;
const firstPort = 4100;

/** The ports of one cloud: five public ones in a row (all free ones with --port 0), and whatever is free for the inside. */
export const choosePorts = async (wanted: number | undefined): Promise<Addresses> => {
  const row = wanted === 0 ? [] : await portsInARow(wanted);
  const free = await freePorts(publicCount - row.length + innerCount);
  const [open, inner] = [[...row, ...free.slice(innerCount)], free.slice(0, innerCount)];
  const [shop = 0, adminSite = 0, adminApi = 0, socket = 0, control = 0] = open;
  const [dynamodb = 0, sqs = 0, s3 = 0, ssm = 0, socketManagement = 0, api = 0, workers = 0] = inner;
  const engine = await chooseHiddenEndpoint();
  return { shop, adminSite, adminApi, socket, control, dynamodb, engine, sqs, s3, ssm, socketManagement, api, workers };
};

const portsInARow = async (wanted: number | undefined): Promise<readonly number[]> => {
  const row = (first: number) => Array.from({ length: publicCount }, (_, index) => first + index);
  if (wanted !== undefined) {
    for (const port of row(wanted))
      if (!(await isFree(port)))
        throw new CommandEnded(5, `Port ${port} is taken. Choose another with --port N, or --port 0 for free ones.`);
    return row(wanted);
  }
  for (let first = firstPort; first < firstPort + 500; first += publicCount) {
    const free = await Promise.all(row(first).map(isFree));
    if (free.every((each) => each)) return row(first);
  }
  throw new CommandEnded(5, `No five free ports in a row from ${firstPort} on. Choose with --port N, or --port 0.`);
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Free ports, all held at once so that none is given twice. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};
