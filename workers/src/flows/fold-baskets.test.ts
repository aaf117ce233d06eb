import type { BasketStore } from '@penstock/platform/basket-store';
import { ValueNotStorable } from '@penstock/platform/storable';
import { tableFault } from '@penstock/platform/table-fault';
import { makeMemoryTables } from '@penstock/platform/testing/memory-tables';
import { describe, expect, it } from 'vitest';
import { planFold } from '#core/plan-fold';
import { basketId, basketMessage, recordOf, sentAtMs } from '#testing/drain-messages';
import { makeDrainRoom } from '#testing/drain-room';
import { before, denied, invalid, namedError, throttled, unanswered } from '#testing/faulty';

const other = 'b3RoZXIgYmFza2V0IGlkMQ';
const third = 'dGhpcmQgYmFza2V0IGlkMQ';
const op = (quantity: number, counter: number, overrides: Parameters<typeof basketMessage>[1] = {}) =>
  basketMessage({ quantity, counter }, overrides);

/** A store whose writes are counted. */
const counting = (wrap: (store: BasketStore) => Partial<BasketStore> = () => ({})) => {
  const writes: string[] = [];
  const baskets = (store: BasketStore): BasketStore => {
    const wrapped = { ...store, ...wrap(store) };
    return {
      ...wrapped,
      write: async (basket, rev) => {
        writes.push(basket.id);
        return wrapped.write(basket, rev);
      },
    };
  };
  return { writes, baskets };
};

describe('fold-baskets', () => {
  it('[C5] folds ten ops into one write', async () => {
    const { writes, baskets } = counting();
    const room = makeDrainRoom({ baskets });
    const ops = Array.from({ length: 10 }, (_, index) => op(index, index));
    expect(await room.drain('foldBaskets', ops)).toEqual([]);
    expect(writes).toEqual([basketId]);
    expect(room.tables.baskets.get(basketId)).toMatchObject({
      rev: sentAtMs + 1000,
      lines: { 'assam-second-flush': { quantity: 9 } },
    });
    expect(room.events('basket-folded')).toMatchObject([
      {
        folded: 10,
        wcu: 1,
        attempts: 1,
        ageMs: 1000,
        outcome: 'written',
        basketHash: expect.stringMatching(/^\w{16}$/),
      },
    ]);
  });

  it('[C5] writes nothing when the fold changes nothing', async () => {
    const { writes, baskets } = counting();
    const room = makeDrainRoom({ baskets });
    await room.drain('foldBaskets', [op(3, 5)]);
    expect(await room.drain('foldBaskets', [op(3, 5), op(9, 4)])).toEqual([]);
    expect(writes).toHaveLength(1);
    expect(room.events('basket-folded').at(-1)).toMatchObject({ outcome: 'unchanged', wcu: 0, folded: 2 });
  });

  it('[C5] reads and folds again when somebody wrote in between', async () => {
    let isFirst = true;
    const { writes, baskets } = counting((store) => ({
      write: async (basket, rev) => {
        if (isFirst) {
          isFirst = false;
          const rival = planFold(basketId, undefined, [basketMessage({ line: 'kenya-black', counter: 1 }).op], 5);
          if (rival.row !== undefined) await store.write(rival.row, undefined);
        }
        return store.write(basket, rev);
      },
    }));
    const room = makeDrainRoom({ baskets });
    expect(await room.drain('foldBaskets', [op(3, 5)])).toEqual([]);
    expect(writes).toHaveLength(2);
    const row = room.tables.baskets.get(basketId);
    expect([row?.rev, Object.keys(row?.lines ?? {}).sort()]).toEqual([6, ['assam-second-flush', 'kenya-black']]);
  });

  it('[C5] would lose an op without the condition on rev', async () => {
    const lostBy = async (isBlind: boolean): Promise<boolean> => {
      const tables = makeMemoryTables();
      const write: BasketStore['write'] = async (basket) => {
        tables.baskets.set(basket.id, basket);
        return { outcome: 'written', wcu: 1 };
      };
      const room = makeDrainRoom({ tables, baskets: (store) => (isBlind ? { ...store, write } : store) });
      const [one, two] = [basketMessage({ counter: 1 }), basketMessage({ line: 'kenya-black', counter: 1 })];
      await Promise.all([room.drain('foldBaskets', [one]), room.drain('foldBaskets', [two])]);
      return Object.keys(tables.baskets.get(basketId)?.lines ?? {}).length < 2;
    };
    expect([await lostBy(false), await lostBy(true)]).toEqual([false, true]);
  });

  it('[C5] counts a lost reply once: the second look finds the fold done', async () => {
    let isFirst = true;
    const { baskets } = counting((store) => ({
      write: async (basket, rev) => {
        const answer = await store.write(basket, rev);
        if (!isFirst) return answer;
        isFirst = false;
        return unanswered;
      },
    }));
    const room = makeDrainRoom({ baskets });
    expect(await room.drain('foldBaskets', [op(3, 5)])).toEqual([]);
    expect(room.tables.baskets.get(basketId)?.rev).toBe(sentAtMs + 1000);
  });

  it('[C5] makes an op that would pass 300 KB a letter, and folds the others', async () => {
    const fold: typeof planFold = (id, stored, ops, nowMs) => planFold(id, stored, ops, nowMs, 400 + 90);
    const room = makeDrainRoom({ fold });
    const full = basketMessage({ line: 'kenya-black', counter: 2 });
    expect(await room.drain('foldBaskets', [op(1, 1), full, op(2, 3)])).toEqual([]);
    expect(room.tables.baskets.get(basketId)?.lines).toEqual({
      'assam-second-flush': { quantity: 2, stamp: '1763892000000.3.device-one' },
    });
    expect([...room.tables.letters.values()]).toMatchObject([
      { id: expect.stringMatching(new RegExp(`^${basketId}\\.[0-9a-f]{32}$`)), reason: 'basket-full' },
    ]);
    expect(room.events('basket-folded')).toMatchObject([{ folded: 2 }]);
  });

  it('[C6] returns only the failed group, all of its messages with one delay', async () => {
    const { baskets } = counting((store) => ({
      read: async (id) => (id === other ? throttled : store.read(id)),
    }));
    let draws = 0;
    const room = makeDrainRoom({ baskets, random: () => (draws++ % 10) / 10 });
    const failed = await room.drain('foldBaskets', [
      op(1, 1),
      op(2, 2, { basketId: other }),
      op(3, 3),
      op(4, 4, { basketId: other }),
      op(5, 5, { basketId: third }),
    ]);
    expect(failed).toEqual(['message-1', 'message-3']);
    expect(room.deferred).toHaveLength(1);
    expect(room.deferred[0]?.messages.map(({ messageId }) => messageId)).toEqual(['message-1', 'message-3']);
    expect([...room.tables.baskets.keys()].sort()).toEqual([basketId, third].sort());
  });

  it('[C6] gives a group one delay, though its messages fail in different ways', async () => {
    let draws = 0;
    const room = makeDrainRoom({
      random: () => (draws++ % 10) / 10,
      deadLetters: () => ({
        keep: async () => {
          throw namedError('TimeoutError');
        },
      }),
      baskets: (store) => ({ ...store, read: async () => denied }),
    });
    const records = [recordOf(op(1, 1), 0), recordOf('{"half', 1, { group: basketId }), recordOf(op(2, 2), 2)];
    expect((await room.run('foldBaskets', records)).toSorted()).toEqual(['message-0', 'message-1', 'message-2']);
    expect(room.deferred.map(({ messages }) => messages.length)).toEqual([3]);
  });

  it('[C6] lets a settled group wait at most 2 s for a busy one', async () => {
    const { baskets } = counting((store) => ({
      read: async (id) => (id === other ? throttled : store.read(id)),
    }));
    const room = makeDrainRoom({ baskets, random: () => 1 });
    await room.drain('foldBaskets', [op(1, 1), op(2, 2, { basketId: other })]);
    const waited = room.waits.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBeLessThan(2000);
    const alone = makeDrainRoom({ baskets, random: () => 1 });
    await alone.drain('foldBaskets', [op(2, 2, { basketId: other })]);
    expect(alone.waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(5000);
  });

  it('[F4] waits 50 ms doubled while a write is throttled', async () => {
    const { baskets } = counting((store) => ({ write: before([throttled, throttled, throttled], store.write) }));
    const room = makeDrainRoom({ baskets, random: () => 1 });
    expect(await room.drain('foldBaskets', [op(1, 1)])).toEqual([]);
    expect(room.waits).toEqual([50, 100, 200]);
  });

  it('[D6] tries the ops one by one when together they make a write fail', async () => {
    const { baskets } = counting((store) => ({
      write: async (basket, rev) => (basket.lines['kenya-black'] === undefined ? store.write(basket, rev) : invalid),
    }));
    const room = makeDrainRoom({ baskets });
    const sick = basketMessage({ line: 'kenya-black', counter: 2 });
    expect(await room.drain('foldBaskets', [op(1, 1), sick, op(3, 3)])).toEqual([]);
    expect(room.tables.baskets.get(basketId)?.lines['assam-second-flush']?.quantity).toBe(3);
    expect([...room.tables.letters.values()]).toMatchObject([
      { reason: 'invalid', detail: 'ValidationException: planted' },
    ]);
  });

  it('[G1] makes a line that no table holds a letter after three tries, without a wait, and applies what is behind it', async () => {
    let tries = 0;
    const { baskets } = counting((store) => ({
      write: async (basket, rev) => {
        if (!Object.hasOwn(basket.lines, 'kenya-black')) return store.write(basket, rev);
        tries += 1;
        return tableFault(new ValueNotStorable(new Error('Unsupported type passed: [object Object].')));
      },
    }));
    const room = makeDrainRoom({ baskets });
    expect(await room.drain('foldBaskets', [basketMessage({ line: 'kenya-black', counter: 2 })])).toEqual([]);
    expect([tries, room.waits]).toEqual([3, []]);
    expect([...room.tables.letters.values()]).toMatchObject([
      { reason: 'invalid', detail: expect.stringContaining('Unsupported type passed') },
    ]);
    expect(await room.drain('foldBaskets', [op(3, 3)])).toEqual([]);
    expect(room.tables.baskets.get(basketId)?.lines['assam-second-flush']?.quantity).toBe(3);
  });

  it('[G1] blames no op for a fault of the world', async () => {
    const room = makeDrainRoom({ baskets: (store) => ({ ...store, write: async () => denied }) });
    expect(await room.drain('foldBaskets', [op(1, 1)])).toEqual(['message-0']);
    expect(room.tables.letters.size).toBe(0);
    expect(room.events('deferred')).toMatchObject([{ reason: 'AccessDeniedException', queue: 'baskets' }]);
  });

  it('[G3] keeps one letter for an op, again when a redrive fails, and not when its message comes twice', async () => {
    const room = makeDrainRoom({ fold: (id, stored, ops, nowMs) => planFold(id, stored, ops, nowMs, 1) });
    for (const attempt of [0, 0, 1]) await room.drain('foldBaskets', [op(1, 1, { attempt })]);
    expect(room.events('dead-lettered').map(({ outcome }) => outcome)).toEqual(['kept', 'known', 'kept']);
    expect([...room.tables.letters.values()]).toMatchObject([{ attempt: 1 }]);
  });

  it('[A6] defers an op of a newer release with what is behind it in its group', async () => {
    const room = makeDrainRoom();
    const records = [{ ...op(1, 1), schema: 3 }, op(2, 2), op(3, 3, { basketId: other })];
    expect(await room.drain('foldBaskets', records)).toEqual(['message-0', 'message-1']);
    expect(room.deferred).toHaveLength(1);
    expect([...room.tables.baskets.keys()]).toEqual([other]);
  });

  it('[C1] names no basket id in a log', async () => {
    const room = makeDrainRoom();
    await room.drain('foldBaskets', [op(1, 1), '{"half']);
    expect(room.lines.join('\n')).not.toContain(basketId);
  });
});
