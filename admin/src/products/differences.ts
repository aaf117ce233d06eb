import type { Money } from '@penstock/domain/money';
import type { StaffProduct } from '@penstock/domain/product';

export type Difference = { readonly field: string; readonly mine: string; readonly theirs: string };

/** The fields of a product that differ between a form and what is stored, as a person reads them. */
export const differences = (
  mine: StaffProduct,
  theirs: StaffProduct,
  formatMoney: (money: Money) => string,
): readonly Difference[] => {
  const rows: Difference[] = [
    { field: 'Name', mine: mine.name, theirs: theirs.name },
    { field: 'Category', mine: mine.category, theirs: theirs.category },
    { field: 'Price', mine: formatMoney(mine.price), theirs: formatMoney(theirs.price) },
    { field: 'Description', mine: mine.description, theirs: theirs.description },
    { field: 'Pictures', mine: String(mine.images.length), theirs: String(theirs.images.length) },
    { field: 'State', mine: stateOf(mine), theirs: stateOf(theirs) },
  ];
  return rows.filter((row) => row.mine !== row.theirs);
};

const stateOf = (product: StaffProduct): string => (product.archived ? 'Archived' : 'On sale');
