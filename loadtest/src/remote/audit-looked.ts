import { packStamp } from '@penstock/domain/stamps';
import type { Audit } from '#audit/audit';
import { auditBaskets } from '#audit/baskets';
import type { Finding, StoredOrder } from '#audit/stored';
import { isAccepted, type OpReceipt, type OrderReceipt, type Receipt } from '#receipts';
import type { Looked } from '#remote/look';

/**
 * The audit of a deployment, from outside: lost and doubled by what it tells the holders of receipts, baskets by replay. Stock, refusals
 * and what pages knew cannot be seen from there and are not judged: their counts stay 0, and the report says so.
 */
export const auditLooked = (receipts: readonly Receipt[], looked: Looked): Audit & { readonly waiting: number } => {
  const orders = receipts.filter((each): each is OrderReceipt => each.kind === 'order');
  const ops = receipts.filter((each): each is OpReceipt => each.kind === 'op');
  const accepted = new Map(
    orders.filter(isAccepted).flatMap((each) => (each.id === undefined ? [] : [[each.id, each] as const])),
  );
  const with_ = (...statuses: readonly string[]) => looked.orders.filter(({ status }) => statuses.includes(status));
  const isMismatch = ({ reason }: { readonly reason?: string }) => reason === 'payload-mismatch';
  const rejected = with_('rejected').filter((each) => !isMismatch(each));
  const held = with_('held');
  const settled = looked.orders.filter(({ status }) => !['accepted', 'absent', 'held', 'rejected'].includes(status));
  const baskets = auditBaskets(ops, {
    orders: settled.flatMap(({ id, status }) => storedOf(accepted.get(id), status)),
    baskets: looked.baskets,
    products: [],
    edits: [],
    productsBefore: [],
  });
  const lost: Finding[] = with_('absent').map(({ id }) => ({ id, says: `order ${id} was accepted and is not known` }));
  const doubled = doubledKeys(accepted);
  const findings = {
    lost: [...lost, ...baskets.lost],
    doubled: [...doubled, ...baskets.doubled],
    oversold: [],
    stale: baskets.stale,
    wronglyRefused: [],
    stranded: [],
  };
  return {
    counts: {
      accepted: accepted.size + baskets.accepted,
      placed: settled.length,
      rejected: rejected.length,
      held: held.length,
      lost: findings.lost.length,
      doubled: findings.doubled.length,
      oversold: 0,
      stale: findings.stale.length,
      wronglyRefused: 0,
      stranded: 0,
    },
    acceptedOrders: accepted.size,
    acceptedOps: baskets.accepted,
    mismatched: with_('rejected').filter(isMismatch).length,
    compared: 0,
    waits: [],
    findings,
    waiting: with_('accepted').length,
  };
};

const doubledKeys = (accepted: ReadonlyMap<string, OrderReceipt>): readonly Finding[] =>
  [...Map.groupBy([...accepted], ([, { basketId, key }]) => `${basketId} ${key}`)].flatMap(([key, each]) =>
    each.length < 2 ? [] : [{ id: key, says: `one key became the orders ${each.map(([id]) => id).join(', ')}` }],
  );

/** What the audit of baskets needs of an order that is stored: which lines it removed (C9). */
const storedOf = (receipt: OrderReceipt | undefined, status: string): readonly StoredOrder[] =>
  receipt?.id === undefined
    ? []
    : [
        {
          id: receipt.id,
          status,
          basketId: receipt.basketId,
          bodyHash: '',
          placedAt: '',
          timeline: [],
          lines: receipt.lines.map(({ productId, quantity, priceMinor }) => ({
            productId,
            quantity,
            unitPrice: { amountMinor: priceMinor },
          })),
          stamps: receipt.lines.map(({ stamp }) => (stamp === undefined ? null : packStamp(stamp))),
        },
      ];
