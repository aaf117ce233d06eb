import { openLogFile } from '#log-file';

/** Everything that is said, one JSON object a line, appended to the log file; and what the control address counts of it. */
export type Log = {
  readonly line: (line: string) => void;
  readonly event: (level: 'info' | 'warn' | 'error', event: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly workers: () => { readonly opsPerWrite: number; readonly ordersPerCommit: number };
  readonly resetWorkers: () => void;
  readonly close: () => Promise<void>;
};

/** `say` is told, for people, when the file cannot be written. */
export const openLog = (file: string, verbose: boolean, say: (sentence: string) => void = console.error): Log => {
  const stream = openLogFile({ file, complain: say });
  let ops = 0;
  let writes = 0;
  let orders = 0;
  let commits = 0;

  const count = (line: string): void => {
    if (!line.includes('"basket-folded"') && !line.includes('"orders-committed"')) return;
    const said = parse(line);
    // A fold that changed nothing wrote nothing: its ops shared no write.
    if (said?.event === 'basket-folded' && said.outcome === 'written') {
      ops += said.folded ?? 0;
      writes += 1;
    } else if (said?.event === 'orders-committed') {
      orders += said.count ?? 0;
      commits += 1;
    }
  };
  const write = (text: string): void => {
    // A function may print what is not JSON (a library's warning): the log stays JSON lines.
    const line = isObject(text)
      ? text
      : JSON.stringify({ time: new Date().toISOString(), level: 'info', event: 'said', errorMessage: text });
    stream.write(line);
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
    close: stream.close,
  };
};

/** What the workers say of one fold and of one commit of several orders, as far as the meters need it. */
type WorkerEvent = {
  readonly event?: string;
  readonly outcome?: string;
  readonly folded?: number;
  readonly count?: number;
};

const parse = (line: string): WorkerEvent | undefined => {
  try {
    return JSON.parse(line) as WorkerEvent;
  } catch {
    return undefined;
  }
};

/** Whether a line is JSON already. A whole parse of every line would cost more than the line: the ends tell enough. */
const isObject = (text: string): boolean => text.startsWith('{"') && text.endsWith('}');

const ratio = (over: number, under: number): number => (under === 0 ? 0 : Math.round((over / under) * 100) / 100);
