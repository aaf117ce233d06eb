import type { Random } from '@penstock/domain/clock';

/** How long to wait before trying again: the one policy of all retries (F4). Fewest calls of all schemes measured. */
export type Backoff = { readonly baseMs: number; readonly capMs: number };

export const tableBackoff: Backoff = { baseMs: 50, capMs: 2000 };

/** Full jitter: a random share of base x 2^n, at most of the cap; n counts the tries that failed, from 0. */
export const backoffMs = (n: number, random: Random, { baseMs, capMs }: Backoff = tableBackoff): number =>
  random() * Math.min(capMs, baseMs * 2 ** n);
