import { limits } from '@penstock/domain/limits';
import type { FormErrors } from '#features/checkout/api/form-errors.ts';
import type { BasketRow } from '#lib/basket/basket-rows.ts';

/** Adds what the basket itself has against being ordered now. */
export const withRows = (errors: FormErrors, rows: readonly BasketRow[], risen: number): FormErrors => {
  const orderable = rows.filter(({ unavailable }) => !unavailable);
  const other = [
    ...(orderable.length === 0 ? ['Nothing in the basket can be ordered any more.'] : []),
    ...(orderable.length > limits.orderLinesMax ? [`One order takes at most ${limits.orderLinesMax} products.`] : []),
    ...(orderable.some(({ product }) => product === undefined)
      ? ['A price is still being loaded. Try again in a moment.']
      : []),
    ...(risen > 0 ? ['A price has changed. Accept the new price in the summary, or change the basket.'] : []),
  ];
  return { ...errors, other: [...errors.other, ...other] };
};
