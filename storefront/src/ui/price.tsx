import { formatMoney, type Money } from '@penstock/domain/money';

export const Price = ({ money }: { readonly money: Money }) => <span className="price">{formatMoney(money)}</span>;
