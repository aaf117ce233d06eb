import { topicKeys } from '@penstock/domain/topics';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Connection, type ConnectionStore, connectionLifeMs, type Subscriber } from '#connection-store';

type Subject = { readonly store: ConnectionStore; readonly setNow: (ms: number) => void };
const startMs = Date.parse('2025-11-23T10:00:00.000Z');
const product = 'product/assam-second-flush';

/** What every ConnectionStore promises. */
export const connectionStoreContract = (name: string, make: () => Subject | Promise<Subject>): void => {
  describe(`ConnectionStore: ${name}`, () => {
    let store: ConnectionStore;
    let setNow: (ms: number) => void;
    let count = 0;
    beforeEach(async () => {
      ({ store, setNow } = await make());
      setNow(startMs);
    });
    const subscriber = (audience: 'shop' | 'staff' = 'shop'): Subscriber => {
      count += 1;
      return { connectionId: `L0SM9c=${name}${count}`, audience, connectedAt: new Date(startMs).toISOString() };
    };
    const open = async (topics: readonly string[], audience: 'shop' | 'staff' = 'shop'): Promise<Connection> => {
      const each = subscriber(audience);
      await store.open(each);
      await store.setTopics({ ...each, topics: [] }, topics);
      return { ...each, topics };
    };
    const idsOf = async (topic: string) => (await store.connectionsOf(topic)).map((each) => each.connectionId).sort();

    it('[H2] takes no topic by opening, and those of a message at once', async () => {
      const each = subscriber();
      await store.open(each);
      expect(await store.find(each.connectionId)).toEqual({ ...each, topics: [] });
      expect(await idsOf(product)).toEqual([]);
      expect(await store.setTopics({ ...each, topics: [] }, [product, 'catalogue'])).toBe('done');
      expect(await store.connectionsOf(product)).toEqual([each]);
      expect(await store.connectionsOf('catalogue')).toEqual([each]);
      expect(await store.find(each.connectionId)).toEqual({ ...each, topics: [product, 'catalogue'] });
    });

    it('[H2] finds everyone of a big topic, whichever shard their row is in', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 40; index += 1) ids.push((await open(['catalogue'])).connectionId);
      expect(topicKeys('catalogue').length).toBeGreaterThan(1);
      expect(await idsOf('catalogue')).toEqual(ids.sort());
    });

    it('gives a topic back and keeps the others', async () => {
      const each = await open([product, 'catalogue']);
      expect(await store.setTopics(each, ['catalogue'])).toBe('done');
      expect(await idsOf(product)).toEqual([]);
      expect(await idsOf('catalogue')).toEqual([each.connectionId]);
    });

    it('writes nothing when another message of the same client was faster', async () => {
      const each = await open([product]);
      expect(await store.setTopics({ ...each, topics: [] }, ['catalogue'])).toBe('changed');
      expect(await idsOf('catalogue')).toEqual([]);
      expect((await store.find(each.connectionId))?.topics).toEqual([product]);
    });

    it('writes nothing for a connection that has left', async () => {
      const each = await open([]);
      await store.close(each.connectionId);
      expect(await store.setTopics(each, [product])).toBe('changed');
      expect(await idsOf(product)).toEqual([]);
    });

    it('[H3] leaves out rows past 2 h 10 min, though they are still stored', async () => {
      const each = await open([product]);
      setNow(startMs + connectionLifeMs - 1);
      expect(await idsOf(product)).toEqual([each.connectionId]);
      setNow(startMs + connectionLifeMs);
      expect(await idsOf(product)).toEqual([]);
      expect(await store.find(each.connectionId)).toBeUndefined();
    });

    it.each(['close', 'forget'] as const)('drops every row of a connection and of nobody else: %s', async (way) => {
      const left = await open([product, 'catalogue']);
      const stays = await open([product]);
      if (way === 'close') await store.close(left.connectionId);
      else await store.forget(left.connectionId, product);
      expect(await store.find(left.connectionId)).toBeUndefined();
      expect(await idsOf(product)).toEqual([stays.connectionId]);
      expect(await idsOf('catalogue')).toEqual([]);
    });

    it('closes and forgets what is not there', async () => {
      await store.close('nobody=');
      await store.forget('nobody=', product);
      expect(await idsOf(product)).toEqual([]);
    });
  });
};
