import type { StaffAct } from '@penstock/domain/items';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PendingActs } from '#pending-acts';

const record = 'order/01hv3k9zq7c2x5t8w4n6m0p1rs';
const packing: StaffAct = {
  record,
  actId: 'move-1',
  status: 'packed',
  staffName: 'Sam',
  since: '2025-11-23T10:00:00.000Z',
  correlationId: 'correlation-1',
};
const cancelling: StaffAct = { ...packing, actId: 'move-2', status: 'cancelled', staffName: 'Zoë' };

/** What every PendingActs promises. */
export const describePendingActsContract = (name: string, make: () => Promise<PendingActs>): void => {
  describe(`[E5] PendingActs: ${name}`, () => {
    let acts: PendingActs;
    beforeEach(async () => {
      acts = await make();
    });

    it('keeps one act of a record: the same one again, another one only in place of the one seen', async () => {
      expect(await acts.read(record)).toBeUndefined();
      expect(await acts.keep(packing, undefined)).toBe('kept');
      expect(await acts.keep(packing, undefined)).toBe('kept');
      expect(await acts.keep(cancelling, undefined)).toBe('other');
      expect(await acts.keep(cancelling, 'move-0')).toBe('other');
      expect(await acts.read(record)).toEqual(packing);
      expect(await acts.keep(cancelling, 'move-1')).toBe('kept');
      expect([...(await acts.readMany([record, 'order/other']))]).toEqual([[record, cancelling]]);
    });

    it('confirms and forgets the act that is named, and no other', async () => {
      await acts.keep(packing, undefined);
      await acts.confirm(cancelling);
      await acts.forget(cancelling);
      expect(await acts.read(record)).toEqual(packing);
      await acts.confirm(packing);
      expect(await acts.read(record)).toEqual({ ...packing, sent: true });
      await acts.forget(packing);
      expect(await acts.read(record)).toBeUndefined();
    });

    it('does not make an act anew that a worker has settled before it was confirmed', async () => {
      await acts.keep(packing, undefined);
      await acts.forget(packing);
      await acts.confirm(packing);
      expect(await acts.read(record)).toBeUndefined();
    });
  });
};
