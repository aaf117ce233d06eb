import { formatMoney, type Money } from '@penstock/domain/money';

/** What a line cost when it was put into the basket, when that is another price now. */
export const FormerPrice = ({ money }: { readonly money: Money | undefined }) =>
  money === undefined ? null : <span className="small former-price">was {formatMoney(money)} when you put it in</span>;
