import type { SnapshotProduct } from '@penstock/domain/items';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotStore } from '#snapshot-store';

const product = (id: string): SnapshotProduct => ({
  id,
  rev: 7,
  version: 1,
  name: 'Assam second flush',
  category: 'tea',
  description: 'Malty.',
  price: { amountMinor: 1250, currency: 'GBP' },
  level: 'in',
  images: [],
  archived: false,
  createdAt: '2025-11-23T10:00:00.000Z',
  updatedAt: '2025-11-23T10:00:00.000Z',
});

/** What every SnapshotStore promises. */
export const snapshotStoreContract = (name: string, make: () => Promise<readonly [SnapshotStore, SnapshotStore]>) => {
  describe(`SnapshotStore: ${name}`, () => {
    let store: SnapshotStore;
    /** Another instance on the same rows. */
    let other: SnapshotStore;
    beforeEach(async () => {
      [store, other] = await make();
    });
    const first = { rev: 100, chunks: { '07': 100 }, announced: 'a' };
    const writeFirst = () =>
      store.commit({
        read: undefined,
        head: first,
        chunks: new Map([['07', { readRev: 0, products: [product('assam')] }]]),
      });

    it('is empty at first', async () => {
      expect(await store.readHead()).toBeUndefined();
      expect(await store.readChunks(undefined, ['07'])).toEqual(new Map([['07', { rev: 0, products: [] }]]));
    });

    it('writes head and chunks together, with the rev of the head', async () => {
      expect(await writeFirst()).toBe('committed');
      const head = await other.readHead();
      expect(head).toMatchObject(first);
      expect(await other.readChunks(head, ['07', '08'])).toEqual(
        new Map([
          ['07', { rev: 100, products: [product('assam')] }],
          ['08', { rev: 0, products: [] }],
        ]),
      );
    });

    it('writes nothing of a step whose head was overtaken', async () => {
      await writeFirst();
      const next = { rev: 101, chunks: { '07': 100 }, announced: 'b' };
      expect(await other.commit({ read: first, head: next, chunks: new Map() })).toBe('committed');
      const late = { rev: 101, chunks: { '07': 100, '08': 101 } };
      const chunks = new Map([['08', { readRev: 0, products: [product('oolong')] }]]);
      expect(await store.commit({ read: first, head: late, chunks })).toBe('conflict');
      expect(await store.commit({ read: undefined, head: late, chunks })).toBe('conflict');
      const head = await store.readHead();
      expect(head).toMatchObject(next);
      expect((await store.readChunks({ ...next, chunks: { '08': 101 } }, ['08'])).get('08')?.products).toEqual([]);
    });

    it('reads a chunk again once the head says that another instance has written it', async () => {
      await writeFirst();
      const head = { rev: 101, chunks: { '07': 101 } };
      const changed = [product('assam'), product('oolong')];
      await other.commit({ read: first, head, chunks: new Map([['07', { readRev: 100, products: changed }]]) });
      const now = await store.readHead();
      expect((await store.readChunks(now, ['07'])).get('07')).toEqual({ rev: 101, products: changed });
    });
  });
};
