import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { orderIdPattern } from '@penstock/domain/ids';
import { CommandEnded } from '#supervisor/exit';

type Line = Readonly<Record<string, unknown>> & {
  readonly time: string;
  readonly function?: string;
  readonly event: string;
};

/** What `trace` was asked: the order id, and the data folder of the flag, of PENSTOCK_DATA, or the usual one. */
export const readTraceArguments = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly orderId: string | undefined; readonly data: string } => {
  let data = environment.PENSTOCK_DATA || '.penstock';
  let orderId: string | undefined;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg !== '--data' && !arg.startsWith('--data=')) {
      orderId ??= arg;
      continue;
    }
    if (arg === '--data') index += 1;
    const value = arg === '--data' ? args[index] : arg.slice('--data='.length);
    if (value === undefined || value === '') throw new CommandEnded(2, '--data needs a value.');
    data = value;
  }
  return { orderId, data };
};

/** The hops of one order: every log line that names it, or the correlation id it came with, with the time since the first. */
export const traceOrder = (orderId: string | undefined, dataDir: string): string => {
  if (orderId === undefined || !orderIdPattern.test(orderId))
    throw new CommandEnded(2, `trace: give an order id, 26 lower-case characters, as \`npm run trace -- 01hv…\`.`);
  const file = join(resolve(dataDir), 'logs', 'penstock.jsonl');
  if (!existsSync(file)) throw new CommandEnded(3, `There is no log at ${file}.`);
  const hops = hopsOf(readFileSync(file, 'utf8').split('\n'), orderId);
  if (hops.length === 0) throw new CommandEnded(1, `The log ${file} names no order ${orderId}.`);
  const firstMs = Date.parse(hops[0]?.time ?? '');
  return hops.map((hop) => formatHop(hop, firstMs)).join('\n');
};

/** The lines of one order, oldest first. */
export const hopsOf = (lines: readonly string[], orderId: string): readonly Line[] => {
  const own = lines
    .filter((line) => line.includes(orderId))
    .flatMap(parse)
    .filter((line) => line.orderId === orderId);
  const correlations = new Set(
    own.flatMap((line) => (typeof line.correlationId === 'string' ? [line.correlationId] : [])),
  );
  const related = lines
    .filter((line) => [...correlations].some((id) => line.includes(id)) && !line.includes(orderId))
    .flatMap(parse)
    .filter(
      (line) =>
        line.orderId === undefined && typeof line.correlationId === 'string' && correlations.has(line.correlationId),
    );
  return [...own, ...related].sort((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : 0));
};

const shown = [
  'status',
  'outcome',
  'code',
  'reason',
  'durationMs',
  'ageMs',
  'delayMs',
  'attempts',
  'wcu',
  'folded',
  'topic',
  'count',
];

const formatHop = (hop: Line, firstMs: number): string => {
  const sinceMs = Date.parse(hop.time) - firstMs;
  const details = shown
    .flatMap((field) => (hop[field] === undefined ? [] : [`${field} ${String(hop[field])}`]))
    .join(', ');
  return `${`+${sinceMs} ms`.padStart(10)}  ${(hop.function ?? '').padEnd(18)}  ${hop.event.padEnd(20)}  ${details}`.trimEnd();
};

const parse = (line: string): readonly Line[] => {
  try {
    return [JSON.parse(line) as Line];
  } catch {
    // The last line may be half written while the cloud runs.
    return [];
  }
};
