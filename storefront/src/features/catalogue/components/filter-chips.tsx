import { formatMoney } from '@penstock/domain/money';
import { useEffect, useRef } from 'react';
import type { CatalogueFilter } from '#features/catalogue/api/catalogue-filter.ts';
import { categoryName } from '#lib/products/category-name.ts';

type Change = Partial<CatalogueFilter>;
type Props = {
  readonly filter: CatalogueFilter;
  readonly onChange: (next: Change) => void;
  readonly onClear: () => void;
  /** The last chip went with the focus on it. */
  readonly onEmptied: () => void;
};

/** What narrows the list, each removable with one press; the focus then goes on to the next one. */
export const FilterChips = ({ filter, onChange, onClear, onEmptied }: Props) => {
  const chips = chipsOf(filter);
  const list = useRef<HTMLUListElement>(null);
  const removed = useRef<number>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the chips, whoever removed one needs a place.
  useEffect(() => {
    const index = removed.current;
    removed.current = undefined;
    if (index === undefined) return;
    const left = list.current?.querySelectorAll<HTMLElement>('.chip') ?? [];
    if (left.length === 0) onEmptied();
    else left[Math.min(index, left.length - 1)]?.focus();
  }, [chips.length]);
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label="Active filters" ref={list}>
      {chips.map(({ key, label, without }, index) => (
        <li key={key}>
          <button
            type="button"
            className="chip"
            aria-label={`Remove filter ${label}`}
            onClick={() => {
              removed.current = index;
              onChange(without);
            }}
          >
            <bdi>{label}</bdi> <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className="button-quiet"
          onClick={() => {
            removed.current = 0;
            onClear();
          }}
        >
          Clear all
        </button>
      </li>
    </ul>
  );
};

type Chip = { readonly key: string; readonly label: string; readonly without: Change };

const chipsOf = (filter: CatalogueFilter): readonly Chip[] => [
  ...(filter.q === '' ? [] : [{ key: 'q', label: `“${filter.q}”`, without: { q: '' } }]),
  ...filter.categories.map((category) => ({
    key: `category ${category}`,
    label: categoryName(category),
    without: { categories: filter.categories.filter((each) => each !== category) },
  })),
  ...(filter.priceMin === undefined
    ? []
    : [{ key: 'from', label: `from ${amount(filter.priceMin)}`, without: { priceMin: undefined } }]),
  ...(filter.priceMax === undefined
    ? []
    : [{ key: 'to', label: `up to ${amount(filter.priceMax)}`, without: { priceMax: undefined } }]),
  ...(filter.inStock ? [{ key: 'stock', label: 'In stock', without: { inStock: false } }] : []),
];

const amount = (amountMinor: number): string => formatMoney({ amountMinor, currency: 'GBP' });
