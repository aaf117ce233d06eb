import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { AnyOrder } from '#features/order/api/use-order.ts';
import { isNotFound } from '#lib/net/problem.ts';
import { type KeptReceipt, provesReceipt, receiptInHash } from '#lib/orders/receipts.ts';
import { useServices } from '#lib/services.ts';
import { useToast } from '#ui/toasts.tsx';

/** The receipt that this browser keeps of an order, followed over all its tabs. */
export const useKeptReceipt = (id: string): KeptReceipt | undefined => {
  const { orders } = useServices();
  return useSyncExternalStore(orders.subscribe, () => orders.receipt(id));
};

/**
 * The receipt of a guest link, after the #. It is only tried at first: anybody can make such a link, and mail programs break
 * them. Once the shop has proven it, it is kept; one that proves nothing changes nothing. Either way it leaves the address bar.
 */
export const useLinkedReceipt = (id: string, kept: KeptReceipt | undefined) => {
  const { orders } = useServices();
  const { hash } = useLocation();
  const navigate = useNavigate();
  const toast = useToast();
  const isLinked = new URLSearchParams(hash.slice(1)).has('receipt');
  const [refused, setRefused] = useState<string>();
  const linked = receiptInHash(hash, id);
  const tried = linked === refused || linked === kept?.receipt ? undefined : linked;

  const leave = (): void => void navigate({ hash: '' }, { replace: true });
  /** Hears what the shop said to the receipt that was tried. */
  const judge = (order: AnyOrder | undefined, error: Error | null): void => {
    if (!isLinked) return;
    if (tried === undefined) {
      leave();
      if (linked !== kept?.receipt) toast({ text: wrongLink(kept) });
    } else if (order !== undefined && provesReceipt(order)) {
      orders.adopt(id, tried, order);
      leave();
    } else if (isNotFound(error) || (order !== undefined && ('rev' in order || kept !== undefined))) setRefused(tried);
  };
  return { receipt: tried ?? kept?.receipt, judge };
};

/** Judges after every answer; one that is refused is judged once more, for what is kept. */
export const useJudged = (
  judge: (order: AnyOrder | undefined, error: Error | null) => void,
  order: AnyOrder | undefined,
  error: Error | null,
): void => {
  const { hash } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an answer or another link is news; judge is made anew with every render.
  useEffect(() => judge(order, error), [order, error, hash]);
};

const wrongLink = (kept: KeptReceipt | undefined): string =>
  kept === undefined
    ? 'This link to the order is incomplete. It shows only what everybody may see.'
    : 'This link to the order is incomplete. The receipt that this browser keeps is as it was.';
