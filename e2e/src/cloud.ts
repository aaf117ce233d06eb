import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The state that `npm start -- --json` prints and run.json holds (contract, section 1). */
export type RunState = {
  readonly schema: 1;
  readonly state: 'ready';
  readonly pid: number;
  readonly startedAt: string;
  readonly dataDir: string;
  readonly shopUrl: string;
  readonly shopApiUrl: string;
  readonly adminUrl: string;
  readonly adminApiUrl: string;
  readonly socketUrl: string;
  readonly controlUrl: string;
  readonly aws: { readonly region: string; readonly dynamodb: string; readonly sqs: string; readonly s3: string };
  readonly queues: { readonly orders: string; readonly baskets: string; readonly moves: string };
  readonly parts: readonly { readonly name: string; readonly pid: number; readonly state: string }[];
  readonly logFile: string;
};

/** What a test needs in order to call a cloud. */
export type Addresses = Pick<
  RunState,
  'shopUrl' | 'shopApiUrl' | 'adminUrl' | 'adminApiUrl' | 'socketUrl' | 'controlUrl'
>;

export type Cloud = RunState & {
  /** run.json as it is now: pids change when a part restarts. */
  readonly now: () => RunState;
  /** Stops in order and resolves with the exit code; removes the data folder when this made it. */
  readonly stop: () => Promise<number>;
  readonly child: ChildProcess;
};

export const repository = fileURLToPath(new URL('../../', import.meta.url));
/** The project's own Node 22. */
const node = join(repository, 'node_modules/.bin/node');

/** Runs the command line of the one-machine cloud, as `npm start --silent --` does. */
export const spawnCloud = (args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess =>
  spawn(node, ['local/src/main.ts', ...args], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });

/** Boots a whole cloud on free ports and a data folder of its own, and waits until it is ready (at most 60 s). */
export const startCloud = async (
  flags: readonly string[] = [],
  dataDir?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Cloud> => {
  const data = dataDir ?? mkdtempSync(join(tmpdir(), 'penstock-e2e-'));
  const child = spawnCloud(['start', '--json', '--port', '0', '--data', data, ...flags], env);
  const complaints: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  const ready = await Promise.race([firstReady(child), exited.then((code) => code), timer(60_000)]);
  if (typeof ready !== 'object') {
    child.kill('SIGKILL');
    throw new Error(
      `The cloud did not come up (${ready === undefined ? 'time-out' : `exit ${ready}`}):\n${complaints.join('')}`,
    );
  }
  const runFile = join(ready.dataDir, 'run.json');
  return {
    ...ready,
    child,
    now: () => JSON.parse(readFileSync(runFile, 'utf8')) as RunState,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await Promise.race([exited, timer(15_000)]);
      if (code === undefined) child.kill('SIGKILL');
      if (dataDir === undefined) rmSync(data, { recursive: true, force: true });
      return code ?? -1;
    },
  };
};

const firstReady = async (child: ChildProcess): Promise<RunState | undefined> => {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { event: string } & RunState;
    if (event.event === 'ready') return event;
  }
  return undefined;
};

const timer = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
