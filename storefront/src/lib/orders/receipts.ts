import type { AcceptedOrder } from '@penstock/domain/order';
import { listKeys, readJsonText, writeText } from '#lib/storage/local-text.ts';

/** What this browser keeps of an order: the signed proof of acceptance, and what the acceptance said. */
export type KeptReceipt = {
  readonly receipt: string;
  readonly number?: string | undefined;
  readonly acceptedAt?: string | undefined;
  readonly estimatedWaitMs?: number | undefined;
};

const keyOf = (orderId: string): string => `order.${orderId}`;

/** Keeps the receipt under its order's id. It stands in for an account: whoever has it may read the address and cancel. */
export const keepReceipt = ({ id, receipt, number, acceptedAt, estimatedWaitMs }: AcceptedOrder): void => {
  writeText(keyOf(id), JSON.stringify({ receipt, number, acceptedAt, estimatedWaitMs } satisfies KeptReceipt));
};

export const readReceipt = (orderId: string): KeptReceipt | undefined => readJsonText<KeptReceipt>(keyOf(orderId));

/** The orders whose receipts this browser keeps, the latest first. */
export const listReceipts = (): readonly (KeptReceipt & { readonly id: string })[] =>
  listKeys(keyOf(''))
    .flatMap((key) => {
      const kept = readJsonText<KeptReceipt>(key);
      return kept === undefined ? [] : [{ ...kept, id: key.slice(keyOf('').length) }];
    })
    .sort((left, right) => ((left.acceptedAt ?? '') < (right.acceptedAt ?? '') ? 1 : -1));

/** A receipt that came in a guest link, after the #. What is kept already knows more. */
export const adoptReceipt = (orderId: string, receipt: string): KeptReceipt => {
  const kept = readReceipt(orderId);
  if (kept?.receipt === receipt) return kept;
  const adopted = { receipt };
  writeText(keyOf(orderId), JSON.stringify(adopted));
  return adopted;
};

/** The receipt in a location's hash: `#receipt=…`. */
export const receiptInHash = (hash: string): string | undefined =>
  new URLSearchParams(hash.slice(1)).get('receipt') ?? undefined;

/** A link that shows the order with everything its shopper may see. The part after # never reaches a server's log. */
export const guestLink = (origin: string, orderId: string, receipt: string): string =>
  `${origin}/orders/${orderId}#receipt=${encodeURIComponent(receipt)}`;
