import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const goneMaxMs = 3000;

/**
 * Ends engines that an earlier run left behind. Only those are ours beyond doubt that run this very binary on this very
 * file, so nothing else is touched. Needs /proc (Linux, where the package exists).
 */
export const endLeftovers = async (binary: string, dbFile: string): Promise<readonly number[]> => {
  const pids = findLeftovers(binary, dbFile);
  for (const pid of pids) kill(pid);
  const giveUpAt = Date.now() + goneMaxMs;
  while (findLeftovers(binary, dbFile).length > 0 && Date.now() < giveUpAt) await sleep(10);
  return pids;
};

const findLeftovers = (binary: string, dbFile: string): readonly number[] =>
  processIds().filter((pid) => {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return readlinkSync(`/proc/${pid}/exe`) === binary && args.includes(dbFile) && args.includes('serve');
    } catch {
      // It ended meanwhile, or it is another user's.
      return false;
    }
  });

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
