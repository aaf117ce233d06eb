import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repository } from '#config';

const goneMaxMs = 3000;
/** Every part of a cloud carries the data folder it works for in its environment: whoever finds it knows whose it was. */
const mark = 'PENSTOCK_PART_OF';

/** The environment of a part of the cloud on this data folder. Compiled code is kept: a part starts in a third of the time. */
export const partEnvironment = (dataDir: string): NodeJS.ProcessEnv => ({
  NODE_COMPILE_CACHE: resolve(repository, 'node_modules/.penstock/compile-cache'),
  ...process.env,
  [mark]: dataDir,
});

/**
 * Ends what an earlier cloud on this data folder left behind: parts that were still ending, or that were stopped and heard
 * nothing of its end. They would hold files, and work on beside the new ones. Only whoever holds the lock may ask, and only a
 * process that carries the mark is touched. Answers the process ids.
 */
export const endLeftoverParts = async (dataDir: string): Promise<readonly number[]> =>
  endAll(() => processIds().filter((pid) => environmentOf(pid).includes(`${mark}=${dataDir}`)));

/**
 * Ends database engines of an earlier run on a file. Only those are ours beyond doubt that run this very binary on this very
 * file, so nothing else is touched.
 */
export const endLeftoverEngines = async (binary: string, dbFile: string): Promise<readonly number[]> =>
  endAll(() =>
    processIds().filter((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return readlinkSync(`/proc/${pid}/exe`) === binary && args.includes(dbFile) && args.includes('serve');
      } catch {
        // It ended meanwhile, or it is another user's.
        return false;
      }
    }),
  );

const endAll = async (find: () => readonly number[]): Promise<readonly number[]> => {
  const pids = find();
  // A stopped process is killed all the same.
  for (const pid of pids) kill(pid);
  const giveUpAt = Date.now() + goneMaxMs;
  while (find().length > 0 && Date.now() < giveUpAt) await sleep(10);
  return pids;
};

const environmentOf = (pid: number): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // It ended meanwhile, or it is another user's.
    return [];
  }
};

const processIds = (): readonly number[] => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    // No /proc: nothing can be proven, so nothing is ended.
    return [];
  }
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
