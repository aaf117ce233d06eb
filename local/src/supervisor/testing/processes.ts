import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOf } from '#supervisor/data-folder';

/** Everything that tests start, so that a failed one leaves nothing behind. */
const started: ChildProcess[] = [];

export type Said = {
  readonly child: ChildProcess;
  readonly until: (event: string) => Promise<Record<string, unknown>>;
};

/** Starts a Node script and collects the events that it prints. */
export const runScript = (url: URL, ...args: readonly string[]): Said => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', url.pathname, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  const said: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) said.push(JSON.parse(line) as Record<string, unknown>);
  });
  return { child, until: (event) => eventually(() => said.find((each) => each.event === event)) };
};

export const endScripts = (): void => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
};

/** Asks until there is an answer; rejects after 10 s. */
export const eventually = async <T>(ask: () => T | undefined | Promise<T | undefined>, maxMs = 10_000): Promise<T> => {
  for (const untilMs = Date.now() + maxMs; Date.now() < untilMs; await sleep(10)) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error(`It did not happen within ${maxMs} ms.`);
};

/** Waits until a process is gone; rejects, and kills it, when it stays. */
export const untilGone = async (pid: number, maxMs = 10_000): Promise<true> => {
  try {
    return await eventually(() => (startOf(pid) === '' ? true : undefined), maxMs);
  } catch (error) {
    process.kill(pid, 'SIGKILL');
    throw error;
  }
};
