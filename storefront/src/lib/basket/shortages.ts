import { limits } from '@penstock/domain/limits';
import type { BasketRow } from '#lib/basket/basket-rows.ts';
import { isolated } from '#lib/text/format.ts';

/** A line that asks for more than is known to be left. Unknown stock is no shortage. */
export type Shortage = { readonly row: BasketRow; readonly available: number };

export const shortagesIn = (rows: readonly BasketRow[]): readonly Shortage[] =>
  rows.flatMap((row) => {
    const available = row.product?.stock.available;
    return row.unavailable || available === undefined || row.quantity <= available
      ? []
      : [{ row, available: Math.max(0, available) }];
  });

/** "Only 4 are left." */
export const leftWords = (available: number): string =>
  available <= 0 ? 'Sold out at the moment.' : `Only ${available} ${available === 1 ? 'is' : 'are'} left.`;

/** How many of a product a basket may hold by what is known to be left; undefined while that is above the shop's own bound. */
export const mostOf = (available: number | undefined, held = 0): { quantity: number; why: string } | undefined =>
  available === undefined || available > limits.lineQuantityMax
    ? undefined
    : { quantity: Math.max(0, available - held), why: leftWords(available) };

/** What must be answered before an order of it is sent. */
export const shortageWords = ({ row, available }: Shortage): string =>
  available === 0
    ? `${isolated(row.name)} is sold out. Order the rest without it?`
    : `Only ${available} of ${isolated(row.name)} ${available === 1 ? 'is' : 'are'} left. Order ${available} instead of ${row.quantity}?`;
