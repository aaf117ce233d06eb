import type { Stored } from '#audit/stored';
import { isAccepted, type OrderReceipt } from '#receipts';

/** How long an order was said to wait, and how long it waited until it was placed or refused, ms. */
export type Wait = { readonly statedMs: number; readonly actualMs: number };

/** The waits of accepted orders that were told one. The first answer counts, as it does to a shopper. */
export const waitsOf = (receipts: readonly OrderReceipt[], stored: Pick<Stored, 'orders'>): readonly Wait[] => {
  const settledMs = new Map(stored.orders.map(({ id, placedAt }) => [id, Date.parse(placedAt)]));
  const waits = new Map<string, Wait>();
  for (const receipt of receipts) {
    const { id = '', estimatedWaitMs: statedMs, atMs, tookMs } = receipt;
    const settled = settledMs.get(id);
    if (!isAccepted(receipt) || statedMs === undefined || settled === undefined || waits.has(id)) continue;
    waits.set(id, { statedMs, actualMs: Math.max(0, settled - atMs - tookMs) });
  }
  return [...waits.values()];
};
