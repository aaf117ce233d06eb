import { describe, expect, it } from 'vitest';
import { loadTopology, parseTopology, queueName, TopologyInvalid } from '#topology';

const good = loadTopology(new URL('../../topology.json', import.meta.url));
type Loose = ReturnType<typeof structuredClone<unknown>> & Record<string, never>;

/** The good topology with one value changed. */
const broken = (path: readonly string[], value: unknown): unknown => {
  const copy = structuredClone(good) as unknown as Loose;
  let node: Record<string, unknown> = copy;
  for (const key of path.slice(0, -1)) node = node[key] as Record<string, unknown>;
  node[path.at(-1) ?? ''] = value;
  return copy;
};

describe('topology.json', () => {
  it('is valid', () => {
    expect(Object.keys(good.tables)).toEqual(['products', 'baskets', 'orders', 'connections', 'operations', 'views']);
    expect(queueName('baskets', { kind: 'fifo' })).toBe('baskets.fifo');
  });

  it.each([
    [
      'a FIFO queue with a standard dead-letter queue',
      ['queues', 'baskets', 'deadLetter', 'queue'],
      'orders-dead',
      'queues.baskets.deadLetter.queue',
    ],
    ['a maxReceiveCount over 1000', ['queues', 'orders', 'deadLetter', 'maxReceiveCount'], 1001, 'maxReceiveCount'],
    [
      'a visibility under six time-outs',
      ['queues', 'orders', 'visibilitySeconds'],
      89,
      'queues.orders.visibilitySeconds',
    ],
    [
      'a dead-letter queue that forgets sooner',
      ['queues', 'orders-dead', 'retentionDays'],
      4,
      'queues.orders.deadLetter.queue',
    ],
    [
      'a FIFO source of more than ten',
      ['eventSources', 'fold-baskets', 'batchSize'],
      11,
      'eventSources.fold-baskets.batchSize',
    ],
    [
      'a source without partial responses',
      ['eventSources', 'place-orders', 'partialResponses'],
      false,
      'eventSources.place-orders',
    ],
    [
      'a route to a function that does not exist',
      ['routes', 'shop', '0', 'function'],
      'nobody',
      'routes.shop.0.function',
    ],
    ['a stream that is switched off', ['tables', 'orders', 'stream'], false, 'eventSources.broadcast-orders.stream'],
    [
      'a wildcard action',
      ['functions', 'socket', 'grants', '0', 'actions'],
      ['dynamodb:*'],
      'functions.socket.grants.0.actions',
    ],
    [
      'a granted Scan',
      ['functions', 'socket', 'grants', '0', 'actions'],
      ['dynamodb:Scan'],
      'No function is granted Scan',
    ],
    [
      'a grant on an index that does not exist',
      ['functions', 'socket', 'grants', '1', 'on'],
      'table/connections/index/by-moon',
      'by-moon',
    ],
    [
      'a worker that sends to the queue it drains',
      ['functions', 'fold-baskets', 'grants', '0'],
      { on: 'queue/baskets', actions: ['sqs:SendMessage'] },
      'eventSources.fold-baskets',
    ],
    [
      'fewer instances than its queues call',
      ['functions', 'keep-dead-letters', 'concurrency'],
      7,
      'concurrency: Its queues call it 8 times',
    ],
    ['a throughput mode on a standard queue', ['queues', 'orders', 'throughput'], 'high', 'queues.orders.throughput'],
    ['an unknown field', ['tables', 'orders', 'colour'], 'red', 'tables.orders'],
  ])('refuses %s and names the path', (_what, path, value, named) => {
    expect(() => parseTopology(broken(path, value))).toThrow(TopologyInvalid);
    expect(() => parseTopology(broken(path, value))).toThrow(named);
  });
});

it('[H5] gives the readers of streams time for a part that was away: their age bounds them, not a few tries', () => {
  const readers = Object.values(good.eventSources).flatMap((source) => ('stream' in source ? [source] : []));
  expect(readers.length).toBeGreaterThan(3);
  // The waits between tries double up to ten seconds, so that a minute away takes 15 tries.
  for (const { retries, recordAgeSeconds } of readers)
    expect([retries >= 100, recordAgeSeconds >= 900]).toEqual([true, true]);
});

it('[G4] keeps every message for the 14 days that SQS allows, and gives a FIFO queue a FIFO net', () => {
  const { queues } = good;
  for (const [name, { kind, retentionDays, deadLetter }] of Object.entries(queues)) {
    expect([name, retentionDays]).toEqual([name, 14]);
    if (deadLetter !== undefined) expect([name, queues[deadLetter.queue]?.kind]).toEqual([name, kind]);
  }
});
