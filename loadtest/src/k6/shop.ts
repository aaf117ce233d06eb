import { basketIdFrom, hexOf } from '@penstock/domain/ids';
import { nextStamp, type Stamp } from '@penstock/domain/stamps';
import { sleep } from 'k6';
import http, { type RefinedResponse } from 'k6/http';
import { bytesFrom, type Random, zipfIndex } from '#random';
import type { OpReceipt, OrderLineSent, OrderReceipt, Receipt } from '#receipts';

export type ShopProduct = { readonly id: string; readonly priceMinor: number; readonly currency: string };
/** What setup learned of the target, handed to every step. */
export type Target = {
  readonly shopApiUrl: string;
  readonly products: readonly ShopProduct[];
  /** Server time minus ours, ms: stamps are made at server time (C3). */
  readonly offsetMs: number;
};

/** Twice at most: once more with the same key when nothing was confirmed (A5). */
const orderTries = 2;
const timeout = '10s';

/** One line of evidence. k6 is started with a raw log, so that the line is exactly this text. */
export const write = (receipt: Receipt): void => console.log(JSON.stringify(receipt));

/** Looks whether the target lives; a dead one ends the run before it begins. */
export const findTarget = (shopApiUrl: string): Target => {
  const health = http.get(`${shopApiUrl}/health`, { timeout });
  if (health.status !== 200) throw new Error(`The target ${shopApiUrl} is dead: /health answered ${health.status}.`);
  const listed = http.get(`${shopApiUrl}/products?pageSize=100&inStock=true`, { timeout });
  const { items = [] } = listed.json() as unknown as {
    items?: readonly {
      readonly id: string;
      readonly price: { readonly amountMinor: number; readonly currency: string };
    }[];
  };
  if (items.length < 2) throw new Error(`The target ${shopApiUrl} has ${items.length} products to sell; 2 are needed.`);
  return {
    shopApiUrl,
    products: items.map(({ id, price }) => ({ id, priceMinor: price.amountMinor, currency: price.currency })),
    offsetMs: Number(health.headers['X-Server-Time'] ?? Date.now()) - Date.now(),
  };
};

export const newBasketId = (random: Random): string => basketIdFrom(bytesFrom(random, 16));

/** `count` different products, the popular ones more often. */
export const pickProducts = (target: Target, random: Random, count: number): readonly ShopProduct[] => {
  const picked = new Map<string, ShopProduct>();
  for (let tries = 0; picked.size < count && tries < 100; tries += 1) {
    const product = target.products[zipfIndex(random, target.products.length)];
    if (product !== undefined) picked.set(product.id, product);
  }
  return [...picked.values()];
};

export const read = (target: Target, name: string, path: string): void => {
  const atMs = Date.now();
  const { status } = http.get(`${target.shopApiUrl}${path}`, { timeout, tags: { name } });
  write({ kind: 'read', name, atMs, tookMs: Date.now() - atMs, status });
};

/** Each VU is a device of its own; its stamps only rise. */
let lastStamp: Stamp | undefined;

const stampNow = (target: Target): Stamp => {
  lastStamp = nextStamp(lastStamp, Date.now() + target.offsetMs, `loadtest-${__VU}`);
  return lastStamp;
};

/** Sets a line of a basket; returns the stamp. */
export const setLine = (target: Target, basketId: string, line: string, quantity: number): Stamp => {
  const stamp = stampNow(target);
  const atMs = Date.now();
  const answer = http.put(
    `${target.shopApiUrl}/baskets/${basketId}/lines/${line}`,
    JSON.stringify({ quantity, stamp }),
    { timeout, headers: { 'Content-Type': 'application/json' }, tags: { name: 'set line' } },
  );
  const sent = { kind: 'op', basketId, line, quantity, stamp, atMs, tookMs: Date.now() - atMs } as const;
  write({ ...sent, status: answer.status, ...codeOf(answer) } satisfies OpReceipt);
  return stamp;
};

/** Places an order and writes what came of each try; the id of one that was accepted. */
export const placeOrder = (
  target: Target,
  random: Random,
  basketId: string,
  lines: readonly OrderLineSent[],
  tries = orderTries,
): string | undefined => {
  const key = `loadtest-${hexOf(bytesFrom(random, 12))}`;
  const currency = target.products[0]?.currency ?? 'GBP';
  const body = JSON.stringify({
    basketId,
    lines: lines.map(({ priceMinor, ...line }) => ({ ...line, unitPrice: { amountMinor: priceMinor, currency } })),
    contact: { name: 'Robin Weir', email: `shopper-${hexOf(bytesFrom(random, 4))}@example.com` },
    address: { line1: '12 Mill Lane', city: 'Bath', postcode: 'BA1 1AA', country: 'GB' },
  });
  // One in fifty shoppers presses twice: the same key again must be the same order.
  const again = random() < 0.02;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const { status, id } = sendOrder(target, basketId, key, lines, body);
    if (id !== undefined) {
      if (again) sendOrder(target, basketId, key, lines, body);
      return id;
    }
    if (status !== 0 && status < 500) return undefined;
    sleep(1);
  }
  return undefined;
};

const sendOrder = (
  target: Target,
  basketId: string,
  key: string,
  lines: readonly OrderLineSent[],
  body: string,
): { readonly status: number; readonly id: string | undefined } => {
  const atMs = Date.now();
  const answer = http.post(`${target.shopApiUrl}/orders`, body, {
    timeout,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    tags: { name: 'place order' },
  });
  const tookMs = Date.now() - atMs;
  const accepted = answer.status === 202 ? (answer.json() as unknown as Accepted) : undefined;
  write({
    kind: 'order',
    basketId,
    key,
    lines,
    atMs,
    tookMs,
    status: answer.status,
    ...codeOf(answer),
    ...(accepted === undefined ? {} : { id: accepted.id, receipt: accepted.receipt, ...statedBy(accepted) }),
  } satisfies OrderReceipt);
  return { status: answer.status, id: accepted?.id };
};

type Accepted = { readonly id: string; readonly receipt: string; readonly estimatedWaitMs?: number };

/** A paused queue states no wait (B2). */
const statedBy = ({ estimatedWaitMs }: Accepted) => (estimatedWaitMs === undefined ? {} : { estimatedWaitMs });

/** The problem's code; a gateway's own refusal has none. */
const codeOf = (answer: RefinedResponse<'text'>): { readonly code?: string } => {
  if (answer.status === 0) return { code: answer.error_code === 1050 ? 'time-out' : 'no-answer' };
  if (answer.status < 400 || !String(answer.headers['Content-Type']).includes('problem+json')) return {};
  return { code: String(answer.json('code')) };
};
