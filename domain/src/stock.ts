import { limits } from '#limits';

/** What pages say of a stock: the number itself is only promised for one product at a time. */
export const stockLevels = ['in', 'low', 'out'] as const;
export type StockLevel = (typeof stockLevels)[number];

/** The level of a number of units: none is out, at most 5 is low (design, section 7). */
export const stockLevelOf = (available: number): StockLevel =>
  available <= 0 ? 'out' : available <= limits.stockLowMax ? 'low' : 'in';
