import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BasketItem, DetailsItem, OfferItem, OrderItem } from '@penstock/domain/items';
import { basketView, staffOrderView, staffProductView } from '@penstock/domain/views';
import { type AttributeValue, unmarshalRow } from '#attribute-values';
import type { AwsCall } from '#aws-call';
import type { Addresses } from '#config';
import { type FaultOrders, makeFaultOrders, type Ordered } from '#fault-orders';
import { type HttpCall, type HttpReply, isReply, readCall, sendReply } from '#gateways/http-call';
import { type InnerAnswer, innerCall } from '#inner-door';
import type { Log } from '#log';
import { readSwitches, setSwitches } from '#switches';
import { isControlCaller } from '#this-machine';

export type ControlDeps = {
  readonly addresses: Addresses;
  readonly socketDoor: number;
  /** Chance of the faults that are wished without a seed (`--random-seed`). */
  readonly randomSeed: number | undefined;
  /** Straight to the engine: looking must not spend what is metered. */
  readonly engine: AwsCall;
  readonly log: Log;
  /** Names of the event sources. */
  readonly sources: readonly string[];
  readonly kill: (part: string, signal: NodeJS.Signals) => boolean;
};

/** The control address (contract, section 5). Any Origin is refused; every call carries X-Penstock-Control: 1. */
export const makeControl = (deps: ControlDeps) => {
  const { dynamodb, sqs, s3 } = deps.addresses;
  const faults = makeFaultOrders({ dynamodb, sqs, s3, socket: deps.socketDoor }, deps.randomSeed);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isControlCaller(request.headers))
      return sendReply(response, json(403, { message: 'Control calls carry X-Penstock-Control: 1 and no Origin.' }));
    const call = await readCall(request);
    if (isReply(call)) return sendReply(response, call);
    sendReply(response, await answer(deps, faults, call));
  };
};

const answer = async (deps: ControlDeps, faults: FaultOrders, call: HttpCall): Promise<HttpReply> => {
  const name = `${call.method} ${call.path}`;
  if (name === 'PUT /capacity')
    return passOn(await innerCall('PUT', deps.addresses.dynamodb, '/_gate/capacity', parse(call.body)));
  if (name === 'PUT /faults') return replyOf(await faults.set(parse(call.body)));
  if (name === 'DELETE /faults') return replyOf(await faults.clear());
  if (name === 'GET /meters') return json(200, await readMeters(deps));
  if (name === 'DELETE /meters') {
    deps.log.resetWorkers();
    return passOn(await innerCall('DELETE', deps.addresses.dynamodb, '/_gate/meters'));
  }
  if (name === 'GET /drained') return drained(deps, new URLSearchParams(call.query).get('timeoutMs'));
  if (name === 'GET /switches') return json(200, await readSwitches(deps.engine));
  if (name === 'PUT /switches') {
    const set = await setSwitches(deps.engine, parse(call.body), deps.sources);
    return set.ok ? json(200, set.switches) : json(400, { message: set.message });
  }
  const part = /^\/parts\/([a-z]+)\/kill$/.exec(call.path)?.[1];
  if (call.method === 'POST' && part !== undefined) return kill(deps, part, parse(call.body));
  const what = /^\/export\/([a-z-]+)$/.exec(call.path)?.[1];
  if (call.method === 'GET' && what !== undefined) return exportRows(deps, what);
  return json(404, { message: `There is no ${name}.` });
};

type QueueCount = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

const readMeters = async ({ addresses, log }: ControlDeps): Promise<object> => {
  const [database, queues] = await Promise.all([
    innerCall('GET', addresses.dynamodb, '/_gate/meters'),
    innerCall('GET', addresses.sqs, '/_gate/meters'),
  ]);
  return { ...(database.body as object), queues: queues.body, workers: log.workers() };
};

/** What has to be empty: everything but the nets under the queues, whose messages are letters already, and the wakers of the meters. */
const isDrainedQueue = (name: string): boolean =>
  !name.endsWith('-dead') && name !== 'stream-failures' && name !== 'watches';

type Sources = {
  readonly busy: number;
  readonly sources: readonly { readonly name: string; readonly idle: boolean; readonly emptyLooks: number }[];
};

/**
 * Waits until queues and stream readers are empty: no message anywhere, nothing being handled, and two empty looks of every
 * stream reader after that, with the queues still empty in the end.
 */
const drained = async (deps: ControlDeps, timeout: string | null): Promise<HttpReply> => {
  const timeoutMs = timeout === null ? 60_000 : Number(timeout);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 0 || timeoutMs > 600_000)
    return json(400, { message: 'timeoutMs: give whole milliseconds up to 600000.' });
  const begunMs = Date.now();
  while (Date.now() - begunMs <= timeoutMs) {
    if (await isQuiet(deps)) return json(200, { drained: true, waitedMs: Date.now() - begunMs });
    await sleep(50);
  }
  return json(408, { drained: false, waitedMs: Date.now() - begunMs });
};

const isQuiet = async (deps: ControlDeps): Promise<boolean> => {
  try {
    if (!(await queuesEmpty(deps))) return false;
    const before = await readSources(deps);
    if (before.busy > 0) return false;
    const giveUpMs = Date.now() + 5000;
    for (;;) {
      const now = await readSources(deps);
      if (now.busy > 0 || Date.now() > giveUpMs) return false;
      const seen = now.sources
        .filter((source) => Object.hasOwn(streamNames(now), source.name))
        .every((source) => {
          const earlier = before.sources.find((each) => each.name === source.name);
          return source.idle && source.emptyLooks >= (earlier?.emptyLooks ?? 0) + 2;
        });
      if (seen) return (await queuesEmpty(deps)) && (await readSources(deps)).busy === 0;
      await sleep(40);
    }
  } catch {
    // A part is away: then it is not quiet yet.
    return false;
  }
};

/** Queue sources poll for seconds; what counts of them is that their queue is empty. */
const streamNames = ({ sources }: Sources): Readonly<Record<string, true>> =>
  Object.fromEntries(
    sources
      .filter(({ name }) => name.startsWith('broadcast-') || name.startsWith('views-'))
      .map(({ name }) => [name, true]),
  );

const queuesEmpty = async ({ addresses }: ControlDeps): Promise<boolean> => {
  const queues = (await innerCall('GET', addresses.sqs, '/_gate/meters')).body as Readonly<Record<string, QueueCount>>;
  return Object.entries(queues).every(
    ([name, { visible, inFlight, delayed }]) => !isDrainedQueue(name) || visible + inFlight + delayed === 0,
  );
};

const readSources = async ({ addresses }: ControlDeps): Promise<Sources> =>
  (await innerCall('GET', addresses.workers, '/sources', undefined, 5000)).body as Sources;

const signals: readonly string[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGSTOP', 'SIGCONT'];

const kill = ({ kill: killPart }: ControlDeps, part: string, body: unknown): HttpReply => {
  const { signal = 'SIGKILL' } = (body ?? {}) as { signal?: unknown };
  if (typeof signal !== 'string' || !signals.includes(signal))
    return json(400, { message: `signal: give one of ${signals.join(', ')}.` });
  if (!killPart(part, signal as NodeJS.Signals)) return json(404, { message: `There is no part ${part}.` });
  return json(202, { part, signal });
};

const exportRows = async ({ engine }: ControlDeps, what: string): Promise<HttpReply> => {
  const lines = await linesOf(engine, what);
  if (lines === undefined) return json(404, { message: `There is no export ${what}.` });
  return {
    status: 200,
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  };
};

/** What is really stored, as staff may see it. */
const linesOf = async (engine: AwsCall, what: string): Promise<readonly object[] | undefined> => {
  if (what === 'orders')
    return ((await scan(engine, 'orders')) as unknown as OrderItem[]).map((row) => ({
      ...staffOrderView(row),
      basketId: row.basketId,
      bodyHash: row.bodyHash,
      stamps: row.lines.map((line) => line.stamp ?? null),
    }));
  if (what === 'baskets')
    return ((await scan(engine, 'baskets')) as unknown as BasketItem[]).map((row) => basketView(row));
  if (what === 'stock-edits')
    return (await scan(engine, 'operations'))
      .filter((row) => row.kind === 'stock-edit')
      .map(({ pk: _pk, sk: _sk, ...edit }) => edit);
  if (what !== 'products') return undefined;
  const rows = await scan(engine, 'products');
  const details = new Map(
    rows.filter((row) => row.part === 'details').map((row) => [row.id, row as unknown as DetailsItem]),
  );
  return rows
    .filter((row) => row.part === 'offer')
    .map((row) => staffProductView(row as unknown as OfferItem, details.get(row.id)));
};

const scan = async (engine: AwsCall, table: string): Promise<readonly Record<string, unknown>[]> => {
  const rows: Record<string, unknown>[] = [];
  let start: unknown;
  do {
    const page: { Items: Record<string, AttributeValue>[]; LastEvaluatedKey?: unknown } = await engine(
      'DynamoDB_20120810.Scan',
      {
        TableName: table,
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      },
    );
    rows.push(...page.Items.map(unmarshalRow));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
};

const json = (status: number, body: object): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const passOn = ({ status, body }: InnerAnswer): HttpReply =>
  body === undefined ? { status, headers: {}, body: '' } : json(status, body as object);
const replyOf = ({ status, message }: Ordered): HttpReply =>
  message === undefined ? { status, headers: {}, body: '' } : json(status, { message });

const parse = (body: Buffer): unknown => {
  try {
    return body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};
