import type { DeadLetterItem, OrderItem } from '@penstock/domain/items';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetterDesk, Settling } from '#dead-letter-desk';
import { deadLetterKey } from '#dead-letter-store';
import { orderOf } from '#testing/drain-rows';

/** A desk on empty tables, ways to put rows there, and to look at an order and at what was noted. */
export type DeadLetterDeskRoom = {
  readonly desk: DeadLetterDesk;
  readonly putLetter: (letter: DeadLetterItem) => Promise<void>;
  readonly putOrder: (order: OrderItem) => Promise<void>;
  readonly order: (id: string) => Promise<OrderItem | undefined>;
  /** Kinds of what was noted about a letter. */
  readonly acts: (id: string) => Promise<readonly string[]>;
};

const at = '2025-11-23T10:00:00.000Z';

export const letterItemOf = (overrides: Partial<DeadLetterItem> = {}): DeadLetterItem => {
  const id = overrides.id ?? '01hv3k9zq7c2x5t8w4n6m0p1rs';
  return {
    ...deadLetterKey(id),
    schema: 1,
    kind: 'dead-letter',
    id,
    queue: 'orders',
    reason: 'invalid',
    detail: 'ValidationException',
    payload: '{}',
    attempt: 0,
    receives: 3,
    status: 'open',
    firstSeenAt: at,
    lastSeenAt: at,
    correlationId: 'correlation-1',
    ...overrides,
  };
};

const by: Settling = { staffName: 'Ada', reason: 'mended', at, correlationId: 'correlation-2' };

/** What every DeadLetterDesk promises. */
export const describeDeadLetterDeskContract = (name: string, make: () => Promise<DeadLetterDeskRoom>): void => {
  describe(`DeadLetterDesk: ${name}`, () => {
    let room: DeadLetterDeskRoom;
    beforeEach(async () => {
      room = await make();
    });
    const letter = letterItemOf();
    const refusal = orderOf({ id: letter.id, status: 'rejected', reason: 'discarded' });
    const stored = async () => (await room.desk.readMany([letter.id]))[0];

    it('[G5] marks a letter as requeued once, with who and why, and takes it off the open ones', async () => {
      await room.putLetter(letter);
      expect(await room.desk.markRequeued(letter, by)).toBe('done');
      expect(await stored()).toMatchObject({ status: 'requeued', settled: { at, by: 'Ada', reason: 'mended' } });
      expect(await room.desk.markRequeued(letter, by)).toBe('settled');
      expect(await room.acts(letter.id)).toEqual(['redrive']);
      expect((await room.desk.list('open', true)).total).toBe(0);
      expect((await room.desk.list('requeued', true)).total + (await room.desk.list('discarded', true)).total).toBe(1);
    });

    it('[G5] leaves a letter open whose redriven message failed again before the mark', async () => {
      await room.putLetter({ ...letter, attempt: 1 });
      expect(await room.desk.markRequeued(letter, by)).toBe('reopened');
      expect(await stored()).toMatchObject({ status: 'open', attempt: 1 });
      expect(await room.acts(letter.id)).toEqual(['redrive']);
    });

    it('[G5] refuses a discarded order in the same transaction as the mark', async () => {
      await room.putLetter(letter);
      expect(await room.desk.discard(letter, by, refusal)).toBe('done');
      expect(await stored()).toMatchObject({ status: 'discarded' });
      expect(await room.order(letter.id)).toMatchObject({ status: 'rejected', reason: 'discarded' });
      expect(await room.acts(letter.id)).toEqual(['discard']);
    });

    it('[G5] never overwrites a stored order: the letter alone is settled', async () => {
      await room.putLetter(letter);
      await room.putOrder(orderOf({ id: letter.id }));
      expect(await room.desk.discard(letter, by, refusal)).toBe('settled');
      expect(await room.order(letter.id)).toMatchObject({ status: 'placed' });
      expect(await stored()).toMatchObject({ status: 'discarded' });
    });

    it('[G5] writes no refusal beside a letter that somebody else has redriven', async () => {
      await room.putLetter({ ...letter, status: 'requeued', kind: 'dead-letter-settled' });
      expect(await room.desk.discard(letter, by, refusal)).toBe('settled');
      expect(await room.order(letter.id)).toBeUndefined();
    });

    it('[G5] only marks what is no order', async () => {
      await room.putLetter(letter);
      expect(await room.desk.discard(letter, by, undefined)).toBe('done');
      expect(await room.order(letter.id)).toBeUndefined();
    });

    it('says of a letter that does not exist that it is gone', async () => {
      expect(await room.desk.markRequeued(letter, by)).toBe('gone');
      expect(await room.desk.discard(letter, by, refusal)).toBe('gone');
      expect(await room.order(letter.id)).toBeUndefined();
    });

    it('lists by the time they were last seen, either way', async () => {
      for (const [id, minute] of Object.entries({ a: 3, b: 1, c: 2 }))
        await room.putLetter(letterItemOf({ id, lastSeenAt: `2025-11-23T10:0${minute}:00.000Z` }));
      const idsOf = async (newestFirst: boolean) =>
        (await room.desk.list(undefined, newestFirst)).keys.map(({ pk }) => pk.slice(-1));
      expect(await idsOf(true)).toEqual(['a', 'c', 'b']);
      expect(await idsOf(false)).toEqual(['b', 'c', 'a']);
    });
  });
};
