import type { Product } from '@penstock/domain/product';
import { Gauge } from '#ui/gauge.tsx';

/** From this many units on the gauge is full: more than anybody takes at once. */
export const gaugeFullUnits = 20;

/** How high the gauge stands, 0 to 1. */
export const stockLevel = ({ available }: Product['stock']): number => available / gaugeFullUnits;

/** The stock in words; the number itself is only told when few are left. */
export const stockWords = ({ level, available }: Product['stock']): string => {
  if (level === 'out' || available <= 0) return 'Sold out';
  return level === 'low' ? `Low stock, ${available} left` : 'In stock';
};

/** What the large gauge measures, below it. */
export const gaugeCaption = ({ level, available }: Product['stock']): string => {
  if (level === 'out' || available <= 0) return 'none left';
  return level === 'low' ? `${available} left` : 'in stock';
};

export const StockText = ({ stock }: { readonly stock: Product['stock'] }) => (
  <span className={`stock stock-${stock.available <= 0 ? 'out' : stock.level}`}>
    <Gauge level={stockLevel(stock)} isLow={stock.level === 'low'} />
    {stockWords(stock)}
  </span>
);
