import type { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { compareText, depthMax, mergePartitions } from '#merge-partitions';

type Key = { readonly id: string };
const keyOf = (number: number): Key => ({ id: String(number).padStart(6, '0') });

/** An index of which each partition is a sorted list; counts the keys that were read. */
const makeIndex = (partitions: readonly (readonly Key[])[]) => {
  let read = 0;
  const send = async ({ input }: QueryCommand) => {
    const keys = partitions[Number(input.IndexName)] ?? [];
    const start = Number(input.ExclusiveStartKey?.at ?? 0);
    const page = keys.slice(start, start + (input.Limit ?? 0));
    read += page.length;
    const end = start + page.length;
    // As the real one: a page that is full has a key to go on from, even when nothing follows.
    return { Items: page, ...(page.length === input.Limit ? { LastEvaluatedKey: { ...page.at(-1), at: end } } : {}) };
  };
  const list = (last: number) =>
    mergePartitions<Key>({
      db: { send } as unknown as DynamoDBDocumentClient,
      table: 'orders',
      partitions: partitions.map((_, index) => ({ IndexName: String(index) })),
      compare: (left, right) => compareText(left.id, right.id),
      last,
    });
  return { list, read: () => read };
};

/** Keys dealt to four partitions at random, as a hash deals them. */
const dealt = (count: number, seed = 7) => {
  let state = seed;
  const partitions: Key[][] = [[], [], [], []];
  for (let number = 0; number < count; number += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    partitions[Math.floor(state / 65_536) % 4]?.push(keyOf(number));
  }
  return partitions;
};

describe('the partitions of an index, merged', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => [seed * 7, seed]))(
    'are in order and counted, however %i are dealt (%i)',
    async (count, seed) => {
      for (const last of [0, 5, 24, 70, 300]) {
        const found = await makeIndex(dealt(count, seed)).list(last);
        const shown = Math.min(last + 1, count);
        expect(found.keys.map(({ id }) => Number(id))).toEqual(Array.from({ length: shown }, (_, number) => number));
        expect(found).toMatchObject({ total: count, capped: false });
      }
    },
  );

  it.each([
    [1000, 24, 1000, false],
    [1001, 24, 1000, true],
    [5000, 24, 1000, true],
    [1012, 1024, 1012, false],
    [5000, 1024, 1025, true],
    [5000, 4999, 5000, false],
    [5000, 9999, 5000, false],
    [12_000, 50_000, depthMax, true],
  ])('of %i rows looked at down to row %i: %i, and whether there are more', async (count, last, total, capped) => {
    const found = await makeIndex(dealt(count)).list(last);
    expect(found).toMatchObject({ total, capped });
    const shown = Math.min(last + 1, count, depthMax);
    expect(found.keys.map(({ id }) => Number(id))).toEqual(Array.from({ length: shown }, (_, number) => number));
  });

  it('are read no further than a page and an exact total need: some 1,000 keys, and not four times that', async () => {
    const index = makeIndex(dealt(9000));
    await index.list(24);
    expect(index.read()).toBeLessThan(2100);
    const skewed = makeIndex([dealt(9000).flat(), [], [], []]);
    await skewed.list(24);
    expect(skewed.read()).toBeLessThan(1300);
  });

  it('that a filter empties are not read to their end', async () => {
    let pages = 0;
    const send = async () => {
      pages += 1;
      return { Items: [], LastEvaluatedKey: { at: pages } };
    };
    const found = await mergePartitions<Key>({
      db: { send } as unknown as DynamoDBDocumentClient,
      table: 'orders',
      partitions: [{}, {}],
      compare: () => 0,
      last: 24,
    });
    expect(found).toEqual({ keys: [], total: 0, capped: true });
    expect(pages).toBe(40);
  });

  it('show what a filter leaves in one of them, though it empties the other', async () => {
    const send = async ({ input }: QueryCommand) => {
      const at = Number(input.ExclusiveStartKey?.at ?? 0) + 10;
      const isLast = at > 1000;
      const found = input.IndexName === 'full' && at === 20 ? [keyOf(15)] : [];
      return { Items: found, ...(isLast ? {} : { LastEvaluatedKey: { ...keyOf(at), at } }) };
    };
    const found = await mergePartitions<Key>({
      db: { send } as unknown as DynamoDBDocumentClient,
      table: 'orders',
      partitions: [{ IndexName: 'full' }, { IndexName: 'empty' }],
      compare: (left, right) => compareText(left.id, right.id),
      last: 24,
    });
    expect(found).toEqual({ keys: [keyOf(15)], total: 1, capped: true });
  });
});
