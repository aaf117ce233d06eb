import { randomBytes, randomUUID } from 'node:crypto';
import { basketIdFrom } from '@penstock/domain/ids';
import type { Money } from '@penstock/domain/money';

export type Offered = { readonly id: string; readonly price: Money };

/** One order of the rush, as far as it has come. */
export type Attempt = {
  readonly id: string;
  readonly receipt: string;
  status: string;
  /** What was said when it was accepted. */
  readonly statedWaitMs: number;
};

export type Refused = { readonly status: number; readonly code: string };

export type ShopCall = (path: string, init?: RequestInit) => Promise<Response>;

/** Places one order of one piece, as a browser does: once refused for being busy, it comes again with the same key. */
export const placeOne = async (call: ShopCall, product: Offered, signal: AbortSignal): Promise<Attempt | Refused> => {
  const key = randomUUID();
  const body = JSON.stringify({
    basketId: basketIdFrom(randomBytes(16)),
    lines: [{ productId: product.id, quantity: 1, unitPrice: product.price }],
    contact: { name: 'Rush Hour', email: 'rush@example.com' },
    address: { line1: '1 Sluice Lane', city: 'Weirhouse', postcode: 'SW1A 1AA', country: 'GB' },
  });
  for (let tries = 1; ; tries += 1) {
    const answer = await call('/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body,
      signal,
    });
    const said = (await answer.json()) as Record<string, unknown>;
    if (answer.status === 202)
      return {
        id: String(said.id),
        receipt: String(said.receipt),
        status: 'accepted',
        statedWaitMs: Number(said.estimatedWaitMs ?? 0),
      };
    const mayRepeat = [429, 502, 503, 504].includes(answer.status) && tries < triesMax;
    if (!mayRepeat) return { status: answer.status, code: String(said.code ?? said.message ?? '') };
    await pause(Math.min(5, Number(answer.headers.get('retry-after') ?? 1)) * 1000, signal);
  }
};

const triesMax = 8;

/** Asks again how an order stands; what cannot be asked now stays as it was. */
export const follow = async (call: ShopCall, attempt: Attempt, signal: AbortSignal): Promise<void> => {
  const answer = await call(`/orders/${attempt.id}`, { headers: { 'order-receipt': attempt.receipt }, signal });
  if (!answer.ok) return void (await answer.body?.cancel());
  attempt.status = String(((await answer.json()) as { status?: unknown }).status ?? attempt.status);
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
