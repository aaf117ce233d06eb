import { auditBaskets } from '#audit/baskets';
import { auditClients } from '#audit/clients';
import { auditOrders } from '#audit/orders';
import { auditStock } from '#audit/stock';
import type { Finding, Stored } from '#audit/stored';
import { type Wait, waitsOf } from '#audit/waits';
import type { OpReceipt, OrderReceipt, Receipt, SeenReceipt } from '#receipts';

/** The counts of result.json (contract, section 5). Accepted counts orders and basket ops; units where it says so. */
export type Counts = {
  readonly accepted: number;
  readonly placed: number;
  readonly rejected: number;
  readonly held: number;
  readonly lost: number;
  readonly doubled: number;
  /** Units. */
  readonly oversold: number;
  readonly stale: number;
  readonly wronglyRefused: number;
  /** Units. */
  readonly stranded: number;
};

export type Audit = {
  readonly counts: Counts;
  readonly acceptedOrders: number;
  readonly acceptedOps: number;
  readonly mismatched: number;
  /** (client, product) pairs that could be compared. */
  readonly compared: number;
  readonly waits: readonly Wait[];
  readonly findings: Readonly<Record<Fault, readonly Finding[]>>;
};

export const faults = ['lost', 'doubled', 'oversold', 'stale', 'wronglyRefused', 'stranded'] as const;
export type Fault = (typeof faults)[number];

/** Compares every receipt with everything that is stored. Pure: a run is audited anew from its files. */
export const auditRun = (receipts: readonly Receipt[], stored: Stored, held: ReadonlySet<string>): Audit => {
  const orderReceipts = receipts.filter((receipt): receipt is OrderReceipt => receipt.kind === 'order');
  const opReceipts = receipts.filter((receipt): receipt is OpReceipt => receipt.kind === 'op');
  const seen = receipts.filter((receipt): receipt is SeenReceipt => receipt.kind === 'seen');
  const orders = auditOrders(orderReceipts, stored, held);
  const stock = auditStock(orderReceipts, stored);
  const baskets = auditBaskets(opReceipts, stored);
  const clients = auditClients(seen, stored.products);
  const findings = {
    lost: [...orders.lost, ...baskets.lost],
    doubled: [...orders.doubled, ...stock.doubled, ...baskets.doubled],
    oversold: stock.oversold,
    stale: [...baskets.stale, ...clients.stale],
    wronglyRefused: orders.wronglyRefused,
    stranded: stock.stranded,
  };
  return {
    counts: {
      accepted: orders.accepted + baskets.accepted,
      placed: orders.placed,
      rejected: orders.rejected,
      held: orders.held,
      lost: findings.lost.length,
      doubled: findings.doubled.length,
      oversold: stock.oversoldUnits,
      stale: findings.stale.length,
      wronglyRefused: findings.wronglyRefused.length,
      stranded: stock.strandedUnits,
    },
    acceptedOrders: orders.accepted,
    acceptedOps: baskets.accepted,
    mismatched: orders.mismatched,
    compared: clients.compared,
    waits: waitsOf(orderReceipts, stored),
    findings,
  };
};

/** Whether nothing was lost, doubled, oversold, stale, wrongly refused or stranded. */
export const isCorrect = (counts: Counts): boolean => faults.every((fault) => counts[fault] === 0);
