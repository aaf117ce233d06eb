import { orderIdPattern } from '@penstock/domain/ids';
import { canShopperCancel } from '@penstock/domain/order-states';
import { type AnyOrder, type KeptAnswer, keptAnswer } from '#lib/orders/any-order.ts';
import { readKept } from '#lib/storage/kept-json.ts';
import { address, contact, orderedLines, receiptText, time } from '#lib/storage/kept-shapes.ts';
import { listKeys, writeText } from '#lib/storage/local-text.ts';
import type { SetAside } from '#lib/storage/set-aside.ts';
import { optional, type Read, shape, text, truth, whole } from '#lib/storage/shape.ts';

/** What this browser keeps of an order: the signed proof of acceptance, what the acceptance said, and the last answer. */
const keptReceipt = shape({
  receipt: receiptText,
  number: optional(text()),
  acceptedAt: optional(time),
  estimatedWaitMs: optional(whole()),
  /** What was ordered, until the shop itself answers with it. */
  lines: optional(orderedLines),
  contact: optional(contact),
  address: optional(address),
  order: optional(keptAnswer),
  /** The shopper has seen that it was refused. */
  isRefusalSeen: optional(truth),
  /** The shop took the wish to cancel it; the order itself shows what became of that. */
  cancelAskedAt: optional(time),
});
export type KeptReceipt = Read<typeof keptReceipt>;

export type Receipts = {
  readonly read: (orderId: string) => KeptReceipt | undefined;
  readonly list: () => ReadonlyMap<string, KeptReceipt>;
  readonly keep: (orderId: string, change: (old: KeptReceipt | undefined) => KeptReceipt | undefined) => void;
  /** False once the browser refused to keep one: it then lives as long as the page. */
  readonly isDurable: () => boolean;
  /** Hears of changes in this tab and in others. */
  readonly subscribe: (listener: () => void) => () => void;
};

const prefix = 'order.';

/** Receipts in localStorage, and in memory where that is refused. One stands in for an account: whoever has it may read the address and cancel. */
export const makeReceipts = (setAside: SetAside): Receipts => {
  const listeners = new Set<() => void>();
  const readAll = (): ReadonlyMap<string, KeptReceipt> =>
    new Map(
      listKeys(prefix)
        .filter((key) => orderIdPattern.test(key.slice(prefix.length)))
        .flatMap((key) => {
          const kept = readKept(key, keptReceipt, setAside);
          return kept === undefined ? [] : [[key.slice(prefix.length), kept] as const];
        }),
    );
  let all = readAll();
  let isRefused = false;
  const tell = (next: ReadonlyMap<string, KeptReceipt>): void => {
    all = next;
    for (const listener of listeners) listener();
  };
  globalThis.addEventListener?.('storage', ({ key }) => {
    if (key === null || key.includes(prefix)) tell(new Map([...all, ...readAll()]));
  });
  return {
    read: (orderId) => all.get(orderId),
    list: () => all,
    keep: (orderId, change) => {
      const old = all.get(orderId);
      const next = change(old);
      if (next === undefined || (old !== undefined && JSON.stringify(next) === JSON.stringify(old))) return;
      const isWritten = writeText(prefix + orderId, JSON.stringify(next));
      isRefused ||= !isWritten;
      tell(new Map(all).set(orderId, next));
    },
    isDurable: () => !isRefused,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** What is kept, with an answer of the shop. An older answer changes nothing, nor does one that belongs to another body (A4). */
export const withAnswer = (kept: KeptReceipt, order: AnyOrder): KeptReceipt => {
  if (!('rev' in order) || order.rev < (kept.order?.rev ?? 0)) return kept;
  const { contact: _name, address: _place, ...answer } = order as AnyOrder & { contact?: unknown; address?: unknown };
  const isKnown = 'contact' in order && order.contact !== undefined;
  return {
    ...kept,
    number: order.number,
    acceptedAt: kept.acceptedAt ?? order.timeline[0]?.at,
    order: answer as KeptAnswer,
    ...(isKnown ? { contact: undefined, address: undefined } : {}),
  };
};

/** When the cancellation was asked for that neither landed nor was refused yet. */
export const waitingCancel = (order: AnyOrder | undefined, kept: KeptReceipt | undefined): string | undefined =>
  order === undefined || (canShopperCancel(order.status) && !isCancelRefused(order)) ? kept?.cancelAskedAt : undefined;

const isCancelRefused = (order: AnyOrder): boolean =>
  'refusedMove' in order && order.refusedMove?.status === 'cancelled';

/** Whether an answer proves the receipt that it was asked with: the shop shows the contact, or an order that has no row yet, to nobody else. */
export const provesReceipt = (order: AnyOrder): boolean =>
  'rev' in order && (order.rev === 0 || ('contact' in order && order.contact !== undefined));

/** The receipt in a location's hash, `#receipt=…`, when it may be one of this order. Only the shop can tell whether it is. */
export const receiptInHash = (hash: string, orderId: string): string | undefined => {
  const receipt = new URLSearchParams(hash.slice(1)).get('receipt') ?? '';
  const isOne = /^r\d{1,3}(\.[A-Za-z0-9_-]{1,100}){5}$/.test(receipt) && receipt.split('.')[2] === orderId;
  return isOne ? receipt : undefined;
};

/** A link that shows the order with everything its shopper may see. The part after # never reaches a server's log. */
export const guestLink = (origin: string, orderId: string, receipt: string): string =>
  `${origin}/orders/${orderId}#receipt=${encodeURIComponent(receipt)}`;
