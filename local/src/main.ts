/** The command line of the one-machine cloud: start, dev, status, stop, switch, trace, rush (contract, section 1). */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '@penstock/platform/grants';
import { loadTopology } from '@penstock/platform/topology';
import { makeAwsCall } from '#aws-call';
import { repository, topologyPath } from '#config';
import { DatabaseMissing } from '#database/engine';
import { readRunning, runningPid } from '#running';
import { runRush } from '#rush/rush';
import { readRushArguments } from '#rush/rush-arguments';
import { type Cloud, startCloud } from '#supervisor/cloud';
import { livingOwner, startOf } from '#supervisor/data-folder';
import { CommandEnded } from '#supervisor/exit';
import { FlagRefused, type Flags, readFlags } from '#supervisor/flags';
import { fewOpenFiles } from '#supervisor/open-files';
import { watchParent } from '#supervisor/parent';
import { readSwitchArguments, runSwitch } from '#switch-command';
import { type FindOrderId, findInCloud, readTraceArguments, traceOrder } from '#trace';

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const print = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

const topology = loadTopology(topologyPath);
const [command = '', ...rest] = process.argv.slice(2);

const start = async (flags: Flags, isDev: boolean): Promise<void> => {
  const parent = watchParent();
  refuseMachine();
  const few = fewOpenFiles(readLimits());
  if (few !== undefined) say(few);
  const dev = isDev ? await (await import('#dev')).startDev({ topology, say }) : undefined;
  if (!isDev) refuseUnbuilt();
  let cloud: Cloud;
  const release = releaseName();
  // Nothing can be stopped in order yet: the parts end with this process, and the next start takes the folder over.
  let isReady = false;
  void parent.gone.then(() => !isReady && process.exit(1));
  try {
    cloud = await startCloud({
      flags,
      topology,
      release,
      bundles: dev?.bundles ?? '',
      ...(dev === undefined ? {} : { sites: dev.sites }),
      say,
    });
  } catch (error) {
    await dev?.stop();
    throw error;
  }
  isReady = true;
  // Before the word is out: whoever reads it may stop this at once.
  const told = untilTold();
  await Promise.race([dev?.attach(cloud), told, parent.gone]);
  if (flags.json) print({ event: 'ready', ...cloud.state() });
  else say(welcome(cloud.state()));
  await Promise.race([parent.gone, told]);
  if (!flags.json) say('Stopping.');
  await dev?.stop();
  await cloud.stop();
  if (flags.json) print({ event: 'stopped', code: 0 });
  process.exit(0);
};

const readLimits = (): string => {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // No /proc, so nothing tells.
    return '';
  }
};

const untilTold = (): Promise<void> =>
  new Promise((resolve_) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve_());
  });

const status = async (flags: Flags): Promise<void> => {
  const state = readRunning(flags.data);
  if (flags.json) print(state);
  else say([`Running as process ${state.pid} since ${String(state.startedAt)}.`, ...addressLines(state)].join('\n'));
};

const stop = async (flags: Flags): Promise<void> => {
  const pid = runningPid(flags.data);
  process.kill(pid, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 50) {
    if (startOf(pid) === '') {
      if (flags.json) print({ event: 'stopped', code: 0 });
      else say('Stopped.');
      return;
    }
    await sleep(50);
  }
  throw new CommandEnded(1, `Process ${pid} has not ended within 15 s.`);
};

const refuseMachine = (): void => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new CommandEnded(
      6,
      `The one-machine cloud runs on Linux x64 (WSL too); this is ${process.platform} ${process.arch}.`,
    );
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 18))
    throw new CommandEnded(
      6,
      `This needs Node 22.18 or later, which npm installs as the package node; this is ${process.versions.node}. Use \`npm start\`.`,
    );
  if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS !== undefined)
    throw new CommandEnded(
      6,
      'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set: the functions would call the real AWS. Unset it.',
    );
};

const refuseUnbuilt = (): void => {
  const missing = ['api/dist', 'workers/dist', 'storefront/dist', 'admin/dist'].filter(
    (folder) => !existsSync(join(repository, folder)),
  );
  if (missing.length > 0)
    throw new CommandEnded(
      1,
      `Not built yet: ${missing.join(', ')}. Run \`npm run build\`, or \`npm start\`, which builds.`,
    );
};

const releaseName = (): string => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
  return version;
};

const addressLines = (state: Readonly<Record<string, unknown>>): readonly string[] => [
  `  shop         ${String(state.shopUrl)}`,
  `  back office  ${String(state.adminUrl)}`,
  `  API page     ${String(state.shopUrl)}/developers/`,
  `  admin API    ${String(state.adminApiUrl)}`,
  `  socket       ${String(state.socketUrl)}?audience=shop`,
  `  control      ${String(state.controlUrl)}`,
];

const welcome = (state: Readonly<Record<string, unknown>>): string =>
  [
    '',
    'Weirhouse is open.',
    ...addressLines(state),
    '',
    'Try: put something into the basket and order it, with the back office open beside the shop.',
    `     npx wscat --connect '${String(state.socketUrl)}?audience=shop'   then type {"action":"subscribe","topics":["catalogue"]}`,
    `     curl -H 'X-Penstock-Control: 1' ${String(state.controlUrl)}/meters`,
    '     npm run trace -- <the number of your order>   and npm run rush -- 50 for a crowd',
    'Ctrl-C ends it; the data stays.',
  ].join('\n');

/** A cloud that does not run knows no numbers; its log may. */
const findOrderId =
  (data: string): FindOrderId =>
  async (number) => {
    if (livingOwner(resolve(data)) === undefined) return undefined;
    const { dynamodb } = readRunning(data).aws as { dynamodb: string };
    return findInCloud(makeAwsCall(dynamodb, operator))(number);
  };

const run = async (): Promise<void> => {
  if (command === 'trace') {
    const { order, data } = readTraceArguments(rest, process.env);
    console.log(await traceOrder(order, data, findOrderId(data)));
    return;
  }
  if (command === 'switch') {
    const { change, data } = readSwitchArguments(rest, process.env);
    return say(await runSwitch(String(readRunning(data).controlUrl), change));
  }
  if (command === 'rush') {
    const wish = readRushArguments(rest, process.env);
    const { shopApiUrl } = readRunning(wish.data);
    await runRush(wish, { shopApiUrl: String(shopApiUrl), say, print });
    return;
  }
  const flags = readFlags(rest, process.env, topology);
  if (command === 'start' || command === 'dev') return start(flags, command === 'dev');
  if (command === 'status') return status(flags);
  if (command === 'stop') return stop(flags);
  throw new FlagRefused(`"${command}" is no command. Known: start, dev, status, stop, switch, trace, rush.`);
};

run().catch((error: unknown) => {
  if (error instanceof CommandEnded || error instanceof FlagRefused || error instanceof DatabaseMissing) {
    say(error.message);
    process.exit(error.exitCode);
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
