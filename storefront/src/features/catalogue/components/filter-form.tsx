import { useEffect, useId, useState } from 'react';
import type { CatalogueFilter } from '#features/catalogue/api/catalogue-filter.ts';
import { readAmount } from '#features/catalogue/api/read-amount.ts';
import { byIndex, categoryName } from '#lib/products/category-name.ts';
import { useMedia } from '#lib/use-media.ts';

type Facet = { readonly value: string; readonly count: number };
type Props = {
  readonly filter: CatalogueFilter;
  readonly facets: readonly Facet[];
  readonly onChange: (next: Partial<CatalogueFilter>) => void;
};

/**
 * The index of the catalogue, printed like a price list: categories with counts, a price range, what is in stock. On a phone
 * the categories are a strip that stays, and the rest is closed until asked for.
 */
export const FilterForm = ({ filter, facets, onChange }: Props) => (
  <div className="index">
    <fieldset className="categories">
      <legend>Category</legend>
      {withChosen(facets, filter.categories).map(({ value, count }) => (
        <label className="check" key={value} data-category={value}>
          <input
            type="checkbox"
            checked={filter.categories.includes(value)}
            onChange={(event) => onChange({ categories: toggled(filter.categories, value, event.target.checked) })}
          />
          <span dir="auto">{categoryName(value)}</span>
          <span className="count">{count}</span>
        </label>
      ))}
    </fieldset>
    <details className="filters" open={useMedia(wide)}>
      <summary>Filters</summary>
      <fieldset className="price-range">
        <legend>Price</legend>
        <PriceInput label="From" value={filter.priceMin} onCommit={(priceMin) => onChange({ priceMin })} />
        <PriceInput label="To" value={filter.priceMax} onCommit={(priceMax) => onChange({ priceMax })} />
      </fieldset>
      <label className="check">
        <input
          type="checkbox"
          checked={filter.inStock}
          onChange={(event) => onChange({ inStock: event.target.checked })}
        />
        <span>In stock only</span>
      </label>
    </details>
  </div>
);

/** The breakpoint of catalogue.css from which the filters stand beside the list. */
const wide = '(min-width: 56rem)';

/** A chosen category stays in the index when nothing of it matches, so that it can be given up again. */
const withChosen = (facets: readonly Facet[], chosen: readonly string[]): readonly Facet[] =>
  [
    ...facets,
    ...chosen.filter((value) => !facets.some((facet) => facet.value === value)).map((value) => ({ value, count: 0 })),
  ].sort((left, right) => byIndex(left.value, right.value));

const toggled = (categories: readonly string[], value: string, isOn: boolean): readonly string[] =>
  isOn ? [...categories, value] : categories.filter((each) => each !== value);

type PriceProps = {
  readonly label: string;
  readonly value: number | undefined;
  readonly onCommit: (minor: number | undefined) => void;
};

/** An amount in pounds, committed when it is left or Enter is pressed; what is no amount says so and filters nothing. */
const PriceInput = ({ label, value, onCommit }: PriceProps) => {
  const shown = value === undefined ? '' : (value / 100).toFixed(2).replace(/\.00$/, '');
  const hintId = useId();
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const amount = readAmount(typed);
  const commit = (): void => {
    if (amount === 'none' || typed === shown) return;
    if (amount === value) setTyped(shown);
    else onCommit(amount);
  };
  return (
    <label>
      {label} £
      <input
        inputMode="decimal"
        autoComplete="off"
        size={6}
        value={typed}
        aria-invalid={amount === 'none'}
        aria-describedby={amount === 'none' ? hintId : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {amount === 'none' ? (
        <span className="hint" id={hintId}>
          Type an amount such as 12 or 12.50, up to 99,999.99.
        </span>
      ) : null}
    </label>
  );
};
