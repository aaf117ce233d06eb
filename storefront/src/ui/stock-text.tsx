import type { Product } from '@penstock/domain/product';

/** The stock in words; the number itself is only told when few are left. */
export const stockWords = ({ level, available }: Product['stock']): string => {
  if (level === 'out' || available <= 0) return 'Sold out';
  return level === 'low' ? `Low stock, ${available} left` : 'In stock';
};

export const StockText = ({ stock }: { readonly stock: Product['stock'] }) => (
  <span className={`stock stock-${stock.available <= 0 ? 'out' : stock.level}`}>{stockWords(stock)}</span>
);
