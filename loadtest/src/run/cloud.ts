import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WritePath } from '@penstock/platform/settings';
import { repository } from '#run/find-k6';

/** What a run needs of run.json (contract, section 1). */
type CloudState = {
  readonly pid: number;
  readonly dataDir: string;
  readonly shopApiUrl: string;
  readonly adminApiUrl: string;
  readonly socketUrl: string;
  readonly controlUrl: string;
  readonly parts: readonly { readonly name: string; readonly pid: number }[];
};
export type Cloud = CloudState & { readonly stop: () => Promise<void> };

const bootMs = 60_000;
const stopMs = 15_000;

type CloudOptions = {
  readonly capacity: number;
  readonly burstSeconds: number;
  readonly seed: number;
  readonly writePath: WritePath;
};

/** Boots a fresh cloud on free ports with its own data, every table at the capacity, and waits until it is ready. */
export const startCloud = async (
  dataDir: string,
  { capacity, burstSeconds, seed, writePath }: CloudOptions,
): Promise<Cloud> => {
  const tables = ['orders', 'baskets', 'products'].map((table) => `${table}=${capacity}`).join(',');
  const child = spawn(
    join(repository, 'node_modules/.bin/node'),
    [
      ...['local/src/main.ts', 'start', '--json', '--port', '0', '--data', dataDir, '--fresh'],
      ...['--capacity', tables, '--burst', String(burstSeconds), '--random-seed', String(seed)],
      ...['--write-path', writePath],
    ],
    // A group of its own: Ctrl-C must reach the runner alone, which still has to audit.
    { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-4000);
  });
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  const state = await Promise.race([firstReady(child), exited, later(bootMs)]);
  if (typeof state !== 'object') {
    child.kill('SIGKILL');
    throw new Error(
      `The cloud did not come up (${state === undefined ? 'time-out' : `exit ${state}`}):\n${complaints}`,
    );
  }
  return {
    ...state,
    stop: async () => {
      child.kill('SIGTERM');
      if ((await Promise.race([exited, later(stopMs)])) === undefined) child.kill('SIGKILL');
    },
  };
};

const firstReady = async (child: ChildProcess): Promise<CloudState | undefined> => {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { readonly event: string } & CloudState;
    if (event.event === 'ready') return event;
  }
  return undefined;
};

const later = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
