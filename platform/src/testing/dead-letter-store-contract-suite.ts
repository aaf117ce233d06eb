import type { DeadLetterItem } from '@penstock/domain/items';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetterStore } from '#dead-letter-store';

/** A store on an empty table, and a way to look at a letter in the form in which it was kept last. */
export type DeadLetterStoreRoom = {
  readonly store: DeadLetterStore;
  readonly letter: (id: string) => Promise<DeadLetter | DeadLetterItem | undefined>;
};

const letterOf = (overrides: Partial<DeadLetter> = {}): DeadLetter => ({
  id: 'orders.message-1',
  queue: 'orders',
  reason: 'unreadable',
  detail: 'schema: invalid_type',
  payload: '{}',
  attempt: 0,
  receives: 1,
  correlationId: '',
  seenAt: '2025-11-23T10:00:00.000Z',
  ...overrides,
});

/** What every DeadLetterStore promises. */
export const describeDeadLetterStoreContract = (name: string, make: () => Promise<DeadLetterStoreRoom>): void => {
  describe(`DeadLetterStore: ${name}`, () => {
    let room: DeadLetterStoreRoom;
    beforeEach(async () => {
      room = await make();
    });
    const { seenAt: _seenAt, ...members } = letterOf();

    it('[G3] keeps a letter once, though its message comes twice', async () => {
      expect(await room.store.keep(letterOf())).toBe('kept');
      expect(await room.store.keep(letterOf({ detail: 'again', receives: 2 }))).toBe('known');
      expect(await room.letter(members.id)).toMatchObject(members);
    });

    it('[G3] opens a letter again when a redriven message fails again', async () => {
      await room.store.keep(letterOf());
      expect(await room.store.keep(letterOf({ attempt: 1, detail: 'later' }))).toBe('kept');
      expect(await room.letter(members.id)).toMatchObject({ ...members, attempt: 1, detail: 'later' });
      expect(await room.store.keep(letterOf({ attempt: 0 }))).toBe('known');
    });

    it('[G3] keeps the beginning of a message that is larger than a row', async () => {
      await room.store.keep(letterOf({ payload: 'ü'.repeat(524_288) }));
      const letter = await room.letter(members.id);
      expect(letter?.detail).toBe('schema: invalid_type (cut from 1048576 bytes)');
      expect(letter?.payload).toMatch(/^ü{80000,}$/);
    });

    it.each([
      ['that the cut goes through', `x${'😀'.repeat(200_000)}`, /^x(😀){40000,}\ufffd$/u],
      ['that the sender sent half of', '"\ud83d"', /^"\ufffd"$/],
    ])('[G3] keeps a message with a character %s', async (_what, payload, kept) => {
      expect(await room.store.keep(letterOf({ payload }))).toBe('kept');
      expect((await room.letter(members.id))?.payload).toMatch(kept);
    });
  });
};
