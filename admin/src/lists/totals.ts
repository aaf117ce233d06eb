/** Whether an answer said that there are more than its total counts (contract: X-Total-Capped). */
export const isCapped = (meta: unknown): boolean =>
  typeof meta === 'object' && meta !== null && 'capped' in meta && meta.capped === true;

/** "64", or "more than 1,000" of a total that is cut. */
export const totalText = (total: number, capped: boolean): string => {
  const count = total.toLocaleString('en-GB');
  return capped ? `more than ${count}` : count;
};

/** "1–25 of 64". */
export const rangeText = (from: number, to: number, total: number, capped: boolean): string =>
  `${from.toLocaleString('en-GB')}–${to.toLocaleString('en-GB')} of ${totalText(total, capped)}`;
