import { BatchGetCommand, type DynamoDBDocumentClient, type GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SnapshotProduct } from '@penstock/domain/items';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeLogger } from '#logger';
import { makeSnapshotReader, warmSnapshot } from '#snapshot-reader';

const at = '2025-11-23T10:00:00.000Z';
const product = (id: string, rev = 1): SnapshotProduct => ({
  id,
  rev,
  version: 1,
  name: id,
  category: 'tea',
  description: '',
  price: { amountMinor: 100, currency: 'GBP' },
  level: 'in',
  images: [],
  archived: false,
  createdAt: at,
  updatedAt: at,
});

type Chunk = { readonly rev: number; readonly products: readonly SnapshotProduct[] };
type Views = { rev: number; chunks: Readonly<Record<string, Chunk>> };

/** A reader on fake time over `views` as told; `before` runs before each call, and may throw or take its time. */
const makeReader = () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const world = {
    views: { rev: 5, chunks: { '07': { rev: 5, products: [product('assam')] } } } as Views,
    before: async (_call: 'head' | 'chunks'): Promise<void> => undefined,
    calls: [] as string[],
  };
  const lines: string[] = [];
  const send = async (command: GetCommand | BatchGetCommand) => {
    const call = command instanceof BatchGetCommand ? 'chunks' : 'head';
    world.calls.push(call);
    await world.before(call);
    const { views } = world;
    if (!(command instanceof BatchGetCommand)) {
      const chunks = Object.fromEntries(Object.entries(views.chunks).map(([name, { rev }]) => [name, rev]));
      return { Item: { pk: 'catalogue', sk: 'head', schema: 1, rev: views.rev, chunks } };
    }
    const keys = command.input.RequestItems?.views?.Keys ?? [];
    const rows = keys.flatMap(({ sk }) => {
      const chunk = views.chunks[String(sk).slice('chunk#'.length)];
      return chunk === undefined ? [] : [{ pk: 'catalogue', sk, schema: 1, ...chunk }];
    });
    return { Responses: { views: rows } };
  };
  const reader = makeSnapshotReader({
    db: { send } as unknown as DynamoDBDocumentClient,
    settings: { tableName: (name: string) => name },
    clock: { now: () => Date.now() },
    logger: makeLogger({ functionName: 'x', level: 'info', now: () => 0, write: (line) => lines.push(line) }),
  });
  const ids = async (maxAgeMs: number, passMs = 0) => {
    const reading = reader.read(maxAgeMs).then(({ products }) => products.map(({ id }) => id));
    reading.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(passMs);
    return reading;
  };
  return { world, reader, lines, ids, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
};
afterEach(() => vi.useRealTimers());

const away = async () => {
  throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
};
const hung = () => new Promise<void>(() => undefined);

describe('the catalogue in memory', () => {
  it.each([
    ['away', away],
    ['hung', hung],
  ])('is served while the table is %s, whatever age was asked for, and the log says it once', async (_, before) => {
    const { world, reader, lines, ids, pass } = makeReader();
    expect(await ids(2000)).toEqual(['assam']);
    world.before = before;
    for (let calls = 0; calls < 5; calls += 1) {
      await pass(3000);
      expect(await ids(calls === 0 ? 0 : 2000, 300)).toEqual(['assam']);
    }
    if (before === away) {
      expect(reader.isCurrent()).toBe(false);
      expect(lines.filter((line) => line.includes('catalogue-served-from-memory'))).toHaveLength(1);
    }
  });

  it('is not asked for by every call while the table is away, and is new again by itself', async () => {
    const { world, reader, ids, pass, lines } = makeReader();
    await ids(2000);
    world.before = away;
    await pass(3000);
    world.calls.length = 0;
    for (let calls = 0; calls < 10; calls += 1) await ids(2000, 10);
    expect(world.calls).toEqual(['head']);
    world.before = async () => undefined;
    world.views = { rev: 6, chunks: { '07': { rev: 6, products: [product('oolong')] } } };
    await pass(1000);
    expect(await ids(2000)).toEqual(['oolong']);
    expect(reader.isCurrent()).toBe(true);
    expect(lines.at(-1)).toContain('catalogue-current-again');
  });

  it('of which nothing is known is a fault of the table', async () => {
    const { world, ids } = makeReader();
    world.before = away;
    await expect(ids(2000)).rejects.toThrow('connect');
  });

  it('holds each product once, in one state, also when chunks are written while they are read', async () => {
    const { world, ids } = makeReader();
    world.views = {
      rev: 5,
      chunks: { '07': { rev: 5, products: [product('assam'), product('oolong')] }, '07+1': { rev: 5, products: [] } },
    };
    world.before = async (call) => {
      if (call !== 'chunks' || world.views.rev === 6) return;
      world.views = {
        rev: 6,
        chunks: {
          '07': { rev: 6, products: [product('assam', 2)] },
          '07+1': { rev: 6, products: [product('oolong', 2)] },
        },
      };
    };
    expect(await ids(2000)).toEqual(['assam', 'oolong']);
    expect(world.calls).toEqual(['head', 'chunks', 'head']);
  });

  it('takes the newer state of a product that two chunks hold', async () => {
    const { world, reader } = makeReader();
    const chunks = {
      '07': { rev: 5, products: [product('assam', 1)] },
      '07+1': { rev: 5, products: [product('assam', 2)] },
    };
    world.views = { rev: 5, chunks };
    expect((await reader.read(0)).products.map(({ id, rev }) => [id, rev])).toEqual([['assam', 2]]);
  });

  it('is known as soon as the table was back once, although nobody asked meanwhile', async () => {
    const { world, reader } = makeReader();
    let pauses = 0;
    world.before = async () => {
      if (pauses < 3) throw new Error('away');
    };
    await warmSnapshot(reader, async () => {
      pauses += 1;
    });
    expect(pauses).toBe(3);
    world.before = async () => {
      throw new Error('away again');
    };
    expect((await reader.read(0)).products.map(({ id }) => id)).toEqual(['assam']);
  });
});
