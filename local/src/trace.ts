import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { own } from '@penstock/domain/own';
import type { AwsCall } from '#aws-call';
import { readArguments } from '#command-arguments';
import { readOrderName } from '#order-name';
import { CommandEnded } from '#supervisor/exit';

type Line = Readonly<Record<string, unknown>> & {
  readonly time: string;
  readonly function?: string;
  readonly event: string;
};

/** What `trace` was asked: the order, and the data folder of the flag, of PENSTOCK_DATA, or the usual one. */
export const readTraceArguments = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly order: string | undefined; readonly data: string } => {
  const { words, data } = readArguments('trace', args, environment, {});
  return { order: words[0], data };
};

/** Finds the id that belongs to an order's number in a running cloud; undefined when none runs, or it knows none. */
export type FindOrderId = (number: string) => Promise<string | undefined>;

/** The hops of one order: every log line that names it, or the correlation id it came with, with the time since the first. */
export const traceOrder = async (order: string | undefined, dataDir: string, find: FindOrderId): Promise<string> => {
  const name = order === undefined ? undefined : readOrderName(order);
  if (name === undefined)
    throw new CommandEnded(
      2,
      `trace: ${order === undefined ? 'name an order' : `"${order}" names no order`}: its number (Z939P-12X4A), its id (26 characters), or the address of its page.`,
    );
  const file = join(resolve(dataDir), 'logs', 'penstock.jsonl');
  if (!existsSync(file)) throw new CommandEnded(3, `There is no log at ${file}.`);
  const lines = [`${file}.1`, file].flatMap((each) => (existsSync(each) ? readFileSync(each, 'utf8').split('\n') : []));
  const id = name.kind === 'id' ? name.id : (idOfNumber(lines, name.prefix) ?? (await find(name.number)));
  const hops = id === undefined ? [] : hopsOf(lines, id);
  if (hops.length === 0) throw new CommandEnded(1, `The log ${file} names no order ${id ?? order}.`);
  const firstMs = Date.parse(hops[0]?.time ?? '');
  return [`Order ${id}`, ...hops.map((hop) => formatHop(hop, firstMs))].join('\n');
};

/** A number is the beginning of its id: the log names the whole. */
const idOfNumber = (lines: readonly string[], prefix: string): string | undefined => {
  const named = new RegExp(`"orderId":"(${prefix}[0-9a-z]{16})"`);
  for (const line of lines) {
    const id = line.includes(prefix) ? named.exec(line)?.[1] : undefined;
    if (id !== undefined) return id;
  }
  return undefined;
};

/** Asks the index by number, as a tool. */
export const findInCloud =
  (dynamodb: AwsCall): FindOrderId =>
  async (number) => {
    const { Items: items } = await dynamodb<{ Items: { id?: { S?: string } }[] }>('DynamoDB_20120810.Query', {
      TableName: 'orders',
      IndexName: 'by-number',
      KeyConditionExpression: '#number = :number',
      ExpressionAttributeNames: { '#number': 'number' },
      ExpressionAttributeValues: { ':number': { S: number } },
      Limit: 1,
    });
    return items[0]?.id?.S;
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
    .flatMap((field) => (own(hop, field) === undefined ? [] : [`${field} ${String(own(hop, field))}`]))
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
