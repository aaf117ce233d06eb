/**
 * Structured logs: one JSON object a line. Only the fields named here leave the process, so personal data cannot slip
 * into a log by way of a spread object (H6). Basket ids are capabilities: log `basketHash`, never the id (C1).
 */
export type LogFields = Readonly<
  Partial<{
    correlationId: string;
    orderId: string;
    basketHash: string;
    productId: string;
    moveId: string;
    connectionId: string;
    queue: string;
    topic: string;
    route: string;
    method: string;
    status: number;
    code: string;
    outcome: string;
    reason: string;
    durationMs: number;
    ageMs: number;
    delayMs: number;
    attempts: number;
    receives: number;
    /** Write and read capacity units consumed. */
    wcu: number;
    rcu: number;
    count: number;
    failed: number;
    folded: number;
    /** Lines of an order that were sent without their stamps. */
    withoutStamps: number;
    rev: number;
    errorName: string;
    errorMessage: string;
    stack: string;
  }>
>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** `event` is a constant, kebab-case name of what happened; values go into fields, never into the text. */
export type Logger = {
  readonly debug: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  readonly error: (event: string, fields?: LogFields) => void;
};

const allowed: ReadonlySet<string> = new Set([
  'correlationId',
  'orderId',
  'basketHash',
  'productId',
  'moveId',
  'connectionId',
  'queue',
  'topic',
  'route',
  'method',
  'status',
  'code',
  'outcome',
  'reason',
  'durationMs',
  'ageMs',
  'delayMs',
  'attempts',
  'receives',
  'wcu',
  'rcu',
  'count',
  'failed',
  'folded',
  'withoutStamps',
  'rev',
  'errorName',
  'errorMessage',
  'stack',
]);
const order: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export type LoggerOptions = {
  readonly functionName: string;
  readonly level: LogLevel;
  readonly now: () => number;
  readonly write: (line: string) => void;
};

/**
 * Writes a line as it is. Not console.log: Lambda would put time, request and level before the line, and a metric filter
 * of CloudWatch would then find no JSON in it.
 */
export const toStdout = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A logger that writes JSON lines. */
export const makeLogger = ({ functionName, level, now, write }: LoggerOptions): Logger => {
  const log =
    (lineLevel: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (order[lineLevel] < order[level]) return;
      const kept = Object.entries(fields).filter(([key, value]) => allowed.has(key) && value !== undefined);
      const time = new Date(now()).toISOString();
      write(JSON.stringify({ time, level: lineLevel, function: functionName, event, ...Object.fromEntries(kept) }));
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
};

/** What may be logged of an error: name, message, stack. Messages of ours hold no personal data. */
export const errorFields = (error: unknown): LogFields =>
  error instanceof Error
    ? { errorName: error.name, errorMessage: error.message.slice(0, 500), stack: error.stack?.slice(0, 2000) ?? '' }
    : { errorName: 'unknown', errorMessage: String(error).slice(0, 500) };
