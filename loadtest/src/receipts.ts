import type { Stamp } from '@penstock/domain/stamps';

/** What k6 writes down, one JSON line each: the evidence that the audit compares with what is stored. Times in ms since 1970. */
type Sent = {
  /** When the call began, by the clock of this machine, and how long it took. */
  readonly atMs: number;
  readonly tookMs: number;
  readonly status: number;
};
export type OrderLineSent = {
  readonly productId: string;
  readonly quantity: number;
  readonly priceMinor: number;
  readonly stamp?: Stamp;
};
/** An order call. With status 202 it is a receipt; else its outcome is unknown (A5) or it was refused. */
export type OrderReceipt = Sent & {
  readonly kind: 'order';
  readonly basketId: string;
  readonly key: string;
  readonly lines: readonly OrderLineSent[];
  readonly id?: string;
  readonly receipt?: string;
  /** The wait that the answer stated, ms. */
  readonly estimatedWaitMs?: number;
  readonly code?: string;
};
/** A basket op. `line` is absent for the clear. */
export type OpReceipt = Sent & {
  readonly kind: 'op';
  readonly basketId: string;
  readonly line?: string;
  readonly quantity: number;
  readonly stamp: Stamp;
  readonly code?: string;
};
type ReadReceipt = Sent & { readonly kind: 'read'; readonly name: string };
/** What a socket client knew when it closed: the highest rev of each topic, after the load had ended. */
export type SeenReceipt = {
  readonly kind: 'seen';
  readonly atMs: number;
  readonly client: string;
  readonly topics: Readonly<Record<string, number>>;
};
/** The page of an order got the frame that says placed; `placedAtMs` is what the order itself says. */
export type ToldReceipt = {
  readonly kind: 'told';
  readonly atMs: number;
  readonly id: string;
  readonly placedAtMs: number;
};
/** The target lives and the first step begins. */
type BeginReceipt = { readonly kind: 'begin'; readonly atMs: number };
export type Receipt = OrderReceipt | OpReceipt | ReadReceipt | SeenReceipt | ToldReceipt | BeginReceipt;

export const isAccepted = ({ status }: { readonly status: number }): boolean => status === 202;
/** The call's outcome is not known: it may have been taken (A5). */
export const isUnknown = ({ status }: { readonly status: number }): boolean =>
  status === 0 || status === 429 || status >= 500;

const kinds: readonly string[] = ['order', 'op', 'read', 'seen', 'told', 'begin'];

/** Reads the lines that k6 wrote. A line that is no receipt is counted: evidence that cannot be read makes a run invalid. */
export const readReceipts = (text: string): { readonly receipts: readonly Receipt[]; readonly unreadable: number } => {
  const receipts: Receipt[] = [];
  let unreadable = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const receipt = parse(line);
    if (receipt === undefined) unreadable += 1;
    else receipts.push(receipt);
  }
  return { receipts, unreadable };
};

const parse = (line: string): Receipt | undefined => {
  try {
    const value = JSON.parse(line) as Partial<Receipt>;
    return kinds.includes(value.kind ?? '') ? (value as Receipt) : undefined;
  } catch {
    return undefined;
  }
};
