import { createWriteStream } from 'node:fs';

/** Everything that is said, one JSON object a line, appended to the log file; and what the control address counts of it. */
export type Log = {
  readonly line: (line: string) => void;
  readonly event: (level: 'info' | 'warn' | 'error', event: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly workers: () => { readonly opsPerWrite: number; readonly ordersPerCommit: number };
  readonly resetWorkers: () => void;
  readonly close: () => Promise<void>;
};

export const openLog = (file: string, verbose: boolean): Log => {
  const stream = createWriteStream(file, { flags: 'a' });
  let ops = 0;
  let writes = 0;
  let orders = 0;
  let commits = 0;

  const count = (line: string): void => {
    if (!line.includes('"basket-folded"') && !line.includes('"orders-committed"')) return;
    const {
      event,
      folded = 1,
      count: size = 1,
    } = JSON.parse(line) as { event: string; folded?: number; count?: number };
    if (event === 'basket-folded') {
      ops += folded;
      writes += 1;
    } else if (event === 'orders-committed') {
      orders += size;
      commits += 1;
    }
  };
  const write = (text: string): void => {
    // A function may print what is not JSON (a library's warning): the log stays JSON lines.
    const line = text.startsWith('{')
      ? text
      : JSON.stringify({ time: new Date().toISOString(), level: 'info', event: 'said', errorMessage: text });
    stream.write(`${line}\n`);
    if (verbose) process.stderr.write(`${line}\n`);
    if (line === text) count(line);
  };
  return {
    line: write,
    event: (level, event, fields = {}) =>
      write(JSON.stringify({ time: new Date().toISOString(), level, function: 'supervisor', event, ...fields })),
    workers: () => ({ opsPerWrite: ratio(ops, writes), ordersPerCommit: ratio(orders, commits) }),
    resetWorkers: () => {
      ops = writes = orders = commits = 0;
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
};

const ratio = (over: number, under: number): number => (under === 0 ? 0 : Math.round((over / under) * 100) / 100);
