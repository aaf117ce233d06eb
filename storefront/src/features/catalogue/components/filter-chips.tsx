import { formatMoney } from '@penstock/domain/money';
import type { CatalogueFilter } from '#features/catalogue/api/catalogue-filter.ts';
import { categoryName } from '#lib/products/category-name.ts';

type Change = Partial<CatalogueFilter>;
type Props = {
  readonly filter: CatalogueFilter;
  readonly onChange: (next: Change) => void;
  readonly onClear: () => void;
};

/** What narrows the list, each removable with one press. */
export const FilterChips = ({ filter, onChange, onClear }: Props) => (
  <ul className="chips" aria-label="Active filters">
    {chipsOf(filter).map(({ label, without }) => (
      <li key={label}>
        <button type="button" className="chip" aria-label={`Remove filter ${label}`} onClick={() => onChange(without)}>
          {label} <span aria-hidden="true">×</span>
        </button>
      </li>
    ))}
    <li>
      <button type="button" className="button-quiet" onClick={onClear}>
        Clear all
      </button>
    </li>
  </ul>
);

const chipsOf = (filter: CatalogueFilter): readonly { readonly label: string; readonly without: Change }[] => [
  ...(filter.q === '' ? [] : [{ label: `“${filter.q}”`, without: { q: '' } }]),
  ...filter.categories.map((category) => ({
    label: categoryName(category),
    without: { categories: filter.categories.filter((each) => each !== category) },
  })),
  ...(filter.priceMin === undefined
    ? []
    : [{ label: `from ${amount(filter.priceMin)}`, without: { priceMin: undefined } }]),
  ...(filter.priceMax === undefined
    ? []
    : [{ label: `up to ${amount(filter.priceMax)}`, without: { priceMax: undefined } }]),
  ...(filter.inStock ? [{ label: 'In stock', without: { inStock: false } }] : []),
];

const amount = (amountMinor: number): string => formatMoney({ amountMinor, currency: 'GBP' });
