import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { own } from '@penstock/domain/own';
import { isInNetworks } from '@penstock/platform/networks';
import { queueName, type Topology } from '@penstock/platform/topology';
import { makeAwsCall } from '#aws-call';
import { type Addresses, type HostConfig, region, repository, topologyPath, urlOf } from '#config';
import { makeControl } from '#control';
import { siteHeaders } from '#edge/headers';
import { builtSite, makeAdminApi, makeAdminSite, makeShopEdge, type SiteFiles } from '#edge/servers';
import { listenOn } from '#gateways/door';
import { innerCall, invokeThrough } from '#inner-door';
import { type Log, openLog } from '#log';
import { ensureSecrets, startParameterStore } from '#secrets';
import type { SeedDeps } from '#seed';
import { type Child, startChild } from '#supervisor/child';
import { type DataFolder, openDataFolder } from '#supervisor/data-folder';
import { startDatabasePart } from '#supervisor/database-part';
import type { Flags } from '#supervisor/flags';
import { keptCapacities } from '#supervisor/kept-capacity';
import { endLeftoverParts, partEnvironment } from '#supervisor/leftovers';
import { choosePorts, freePorts } from '#supervisor/ports';
import { provisionTables } from '#supervisor/provision';
import { keepRunFile } from '#supervisor/run-file';
import { placesOf, sentenceOfFault } from '#supervisor/start-faults';

type RunState = Readonly<Record<string, unknown>>;

export type Cloud = {
  readonly state: () => RunState;
  /** Tells the hosts that the bundles of these functions have changed. */
  readonly reload: (names: readonly string[]) => Promise<void>;
  readonly servers: { readonly shop: Server; readonly admin: Server };
  readonly stop: () => Promise<void>;
};

export type Sites = { readonly shop: SiteFiles; readonly admin: SiteFiles };

export type CloudOptions = {
  readonly flags: Flags;
  readonly topology: Topology;
  readonly release: string;
  /** Empty: those of the build. */
  readonly bundles: string;
  /** Pages from sources; undefined: those of the build. */
  readonly sites?: Sites;
  readonly say: (text: string) => void;
};

/** Keys are made once a folder: new ones beside old data mean that the old ones are gone. */
const secretsLost = (path: string): string =>
  `There was no secrets.json in ${path}, so new keys were made: receipts of orders from before are void, and staff do not find ` +
  'those orders by their e-mail address. With a copy of the file in its place both work again.';

const main = (path: string): string => resolve(repository, 'local', path);

/** Loaded when it is needed: most starts find their data there. */
const seed = async (deps: SeedDeps): Promise<number> => (await import('#seed')).seedOnce(deps);

/** Boots every part of the topology on this machine, seeds it once, and writes run.json when all of it answers. */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { flags } = options;
  const places = placesOf(flags);
  try {
    return await open(options);
  } catch (error) {
    throw sentenceOfFault(error, places) ?? error;
  }
};

const open = async (options: CloudOptions): Promise<Cloud> => {
  const { flags } = options;
  const folder = openDataFolder(flags);
  const log = openLog(folder.logFile, flags.verbose, options.say);
  const undo: (() => Promise<unknown>)[] = [() => log.close()];
  const stop = async (): Promise<void> => {
    for (const step of undo.reverse().splice(0))
      await step().catch((error: unknown) => log.event('error', 'stop-failed', { errorMessage: String(error) }));
    folder.release();
  };
  try {
    return await boot(options, folder, log, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

const boot = async (
  options: CloudOptions,
  folder: DataFolder,
  log: Log,
  undo: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<Cloud> => {
  const { flags, topology, say } = options;
  const startedAt = new Date().toISOString();
  const steps = countSteps();
  const left = await endLeftoverParts(folder.path);
  if (left.length > 0) log.event('warn', 'leftovers-ended', { count: left.length });
  const addresses = await choosePorts(flags.port);
  const [socketDoor = 0] = await freePorts(1);
  const parts = new Map<string, Pick<Child, 'pid' | 'state' | 'kill'>>();
  const environment = partEnvironment(folder.path);
  let ready = false;

  const state = (): RunState => stateOf({ flags, folder, addresses, topology, startedAt, parts });
  const runFile = keepRunFile(folder.runFile, state, (error) =>
    log.event('error', 'run-file-unwritten', { errorMessage: String(error) }),
  );
  undo.push(async () => runFile.stop());
  const onChange = (): void => {
    if (ready) runFile.write();
  };
  /** Parts that need nothing of each other: they end beside each other. */
  const siblings = () => {
    const stops: (() => Promise<void>)[] = [];
    undo.push(() => Promise.all(stops.map((end) => end())));
    return async (name: string, path: string, config: () => object): Promise<Child> => {
      const started = await startChild({ name, main: main(path), config, log: log.line, environment, onChange });
      stops.push(started.stop);
      return started;
    };
  };

  const { secrets, lost } = ensureSecrets(resolve(folder.path, 'secrets.json'), topology);
  if (lost && existsSync(folder.databaseFile)) say(secretsLost(folder.path));
  const store = await startParameterStore(addresses.ssm, '/penstock/local/', secrets, topology);
  undo.push(async () => {
    store.closeAllConnections();
    store.close();
  });

  const database = await startDatabasePart({
    dbFile: folder.databaseFile,
    endpoint: addresses.engine,
    onChange,
    complain: (error) => log.event('error', 'database-down', { errorMessage: String(error) }),
  });
  undo.push(() => database.stop());
  steps.done('database');
  parts.set('database', database);

  const adminOrigins = [urlOf(addresses.adminSite), `http://localhost:${addresses.adminSite}`];
  const inFolder = (name: string): string | null => (folder.inMemory ? null : resolve(folder.path, name));
  const gate = siblings();
  const [, queue, objects] = await Promise.all([
    gate('capacity gate', 'src/database/main.ts', () => ({
      port: addresses.dynamodb,
      upstreamUrl: addresses.engine,
      topologyPath,
      burstSeconds: flags.burstSeconds,
    })),
    gate('queue', 'src/queue/main.ts', () => ({
      port: addresses.sqs,
      dataDir: inFolder('queue'),
      topology: topologyPath,
      region,
    })),
    gate('objects', 'src/objects/main.ts', () => ({
      port: addresses.s3,
      dataDir: inFolder('objects'),
      topology: topologyPath,
      allowedOrigins: adminOrigins,
    })),
  ]);
  parts.set('queue', queue).set('objects', objects);
  steps.done('gates');

  const tables = makeAwsCall(urlOf(addresses.dynamodb), 'operator');
  await provisionTables(topology, tables);
  if (flags.capacity !== undefined) await applyCapacity(addresses, flags.capacity);
  for (const sentence of await keptCapacities(topology, tables, flags.capacity ?? {})) say(sentence);

  const hostConfig: HostConfig = {
    port: 0,
    addresses,
    staffNetworks: flags.staffNetworks,
    release: options.release,
    bundles: options.bundles,
    dataDir: folder.hot,
    watch: false,
    writePath: flags.writePath,
    postsPerSecond: process.env.PENSTOCK_POSTS_PER_SECOND,
  };
  const engine = makeAwsCall(addresses.engine, 'operator');
  const host = siblings();
  const [api, workers, socket] = await Promise.all([
    host('api', 'src/parts/api-main.ts', () => ({ ...hostConfig, port: addresses.api })),
    host('workers', 'src/parts/workers-main.ts', () => ({ ...hostConfig, port: addresses.workers })),
    host('socket', 'src/parts/socket-main.ts', () => ({
      port: addresses.socket,
      managementPort: addresses.socketManagement,
      apiPort: addresses.api,
      controlPort: socketDoor,
      idleSeconds: Number(process.env.PENSTOCK_SOCKET_IDLE_SECONDS ?? topology.socket.idleSeconds),
      lifeSeconds: Number(process.env.PENSTOCK_SOCKET_LIFE_SECONDS ?? topology.socket.lifeSeconds),
    })),
    flags.seed
      ? seed({
          engine,
          s3Url: urlOf(addresses.s3),
          legacyMarker: resolve(folder.hot, 'seeded'),
          currency: topology.currency,
          say,
        })
      : Promise.resolve(0),
  ]);
  parts.set('api', api).set('workers', workers).set('socket', socket);
  steps.done('functions');

  const servers = await openDoors(options, addresses, secrets, { socketDoor, engine, log, parts });
  for (const server of Object.values(servers))
    undo.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve_) => server.close(resolve_));
    });
  if (flags.seed) await snapshotReady(addresses, engine);
  steps.done('catalogue');
  log.event('info', 'started', steps.read());

  ready = true;
  onChange();
  return {
    state,
    servers: { shop: servers.shop, admin: servers.admin },
    reload: async (names) => {
      await Promise.all([addresses.api, addresses.workers].map((port) => innerCall('POST', port, '/reload', names)));
    },
    stop,
  };
};

/** How long each step of the start took, for the log. */
const countSteps = () => {
  const begunMs = Date.now();
  let lastMs = begunMs;
  const took = new Map<string, number>();
  return {
    done: (step: string): void => {
      took.set(`${step}Ms`, Date.now() - lastMs);
      lastMs = Date.now();
    },
    read: () => ({ durationMs: lastMs - begunMs, ...Object.fromEntries(took) }),
  };
};

type Doors = { readonly shop: Server; readonly admin: Server; readonly adminApi: Server; readonly control: Server };
type Inside = {
  readonly socketDoor: number;
  readonly engine: ReturnType<typeof makeAwsCall>;
  readonly log: Log;
  readonly parts: ReadonlyMap<string, Pick<Child, 'kill'>>;
};

const openDoors = async (
  options: CloudOptions,
  addresses: Addresses,
  secrets: Readonly<Record<string, string>>,
  inside: Inside,
): Promise<Doors> => {
  const { topology, flags } = options;
  const invoke = invokeThrough(addresses.api);
  const isStaff = (address: string): boolean => isInNetworks(address, flags.staffNetworks);
  const socketUrl = `ws://127.0.0.1:${addresses.socket}`;
  const objectsUrl = urlOf(addresses.s3);
  const originSecret = String((JSON.parse(secrets['origin-secret'] ?? '{}') as { current?: string }).current ?? '');
  const headersFor = (api: string) => siteHeaders({ api, socket: socketUrl, objects: objectsUrl });
  const shopFiles = options.sites?.shop ?? builtSite(resolve(repository, 'storefront/dist'), headersFor(''));
  const adminFiles =
    options.sites?.admin ?? builtSite(resolve(repository, 'admin/dist'), headersFor(urlOf(addresses.adminApi)));
  const developers = builtSite(resolve(repository, 'api/dist/openapi'), headersFor(''));
  const shopConfig = () => ({ socketUrl, currency: topology.currency });
  const adminConfig = () => ({
    apiUrl: urlOf(addresses.adminApi),
    socketUrl,
    shopUrl: urlOf(addresses.shop),
    currency: topology.currency,
  });
  const [shop, admin, adminApi, control] = await Promise.all([
    listenOn(
      addresses.shop,
      makeShopEdge({ topology, invoke, originSecret, objectsUrl, config: shopConfig, files: shopFiles, developers }),
    ),
    listenOn(addresses.adminSite, makeAdminSite({ objectsUrl, config: adminConfig, files: adminFiles, isStaff })),
    listenOn(
      addresses.adminApi,
      makeAdminApi({
        topology,
        invoke,
        allowedOrigins: [urlOf(addresses.adminSite), `http://localhost:${addresses.adminSite}`],
        isStaff,
      }),
    ),
    listenOn(
      addresses.control,
      makeControl({
        addresses,
        ...inside,
        randomSeed: flags.randomSeed,
        sources: Object.keys(topology.eventSources),
        kill: (part, signal) => {
          const found = inside.parts.get(part);
          found?.kill(signal);
          return found !== undefined;
        },
      }),
    ),
  ]);
  return { shop, admin, adminApi, control };
};

const applyCapacity = async (addresses: Addresses, capacity: Readonly<Record<string, number>>): Promise<void> => {
  const order = Object.fromEntries(
    Object.entries(capacity).map(([table, writePerSecond]) => [table, { writePerSecond }]),
  );
  const answered = await innerCall('PUT', addresses.dynamodb, '/_gate/capacity', order);
  if (answered.status >= 300) throw new Error(`The capacity could not be set: ${JSON.stringify(answered.body)}`);
};

const snapshotWaitMs = 20_000;

/** The lists are fed by the stream: the cloud is ready when every product has come through. */
const snapshotReady = async (addresses: Addresses, engine: ReturnType<typeof makeAwsCall>): Promise<void> => {
  const { Count: offers } = await engine<{ Count: number }>('DynamoDB_20120810.Scan', {
    TableName: 'products',
    Select: 'COUNT',
    FilterExpression: '#part = :offer AND archived = :no',
    ExpressionAttributeNames: { '#part': 'part' },
    ExpressionAttributeValues: { ':offer': { S: 'offer' }, ':no': { BOOL: false } },
  });
  const untilMs = Date.now() + snapshotWaitMs;
  while (Date.now() < untilMs) {
    const answer = await fetch(`${urlOf(addresses.shop)}/api/products?pageSize=1`, {
      headers: { 'x-correlation-id': `boot-${randomUUID()}` },
    });
    const { total = -1 } = answer.ok ? ((await answer.json()) as { total?: number }) : {};
    if (total >= offers) return;
    await sleep(100);
  }
  throw new Error(`The catalogue did not come through the stream within ${snapshotWaitMs} ms. The log says why.`);
};

type StateInputs = {
  readonly flags: Flags;
  readonly folder: DataFolder;
  readonly addresses: Addresses;
  readonly topology: Topology;
  readonly startedAt: string;
  readonly parts: ReadonlyMap<string, Pick<Child, 'pid' | 'state'>>;
};

const stateOf = ({ folder, addresses, topology, startedAt, parts }: StateInputs): RunState => {
  const queueUrl = (key: string): string =>
    `${urlOf(addresses.sqs)}/000000000000/${queueName(key, own(topology.queues, key) ?? { kind: 'standard' })}`;
  return {
    schema: 1,
    state: 'ready',
    pid: process.pid,
    startedAt,
    dataDir: folder.path,
    shopUrl: urlOf(addresses.shop),
    shopApiUrl: `${urlOf(addresses.shop)}/api`,
    adminUrl: urlOf(addresses.adminSite),
    adminApiUrl: urlOf(addresses.adminApi),
    socketUrl: `ws://127.0.0.1:${addresses.socket}`,
    controlUrl: urlOf(addresses.control),
    aws: { region, dynamodb: urlOf(addresses.dynamodb), sqs: urlOf(addresses.sqs), s3: urlOf(addresses.s3) },
    queues: { orders: queueUrl('orders'), baskets: queueUrl('baskets'), moves: queueUrl('moves') },
    parts: [...parts].map(([name, part]) => ({ name, pid: part.pid(), state: part.state() })),
    logFile: folder.logFile,
  };
};
