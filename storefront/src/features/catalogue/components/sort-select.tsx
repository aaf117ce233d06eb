import { type CatalogueSort, sortLabels } from '#features/catalogue/api/catalogue-filter.ts';

type Props = { readonly sort: CatalogueSort; readonly onChange: (sort: CatalogueSort) => void };

export const SortSelect = ({ sort, onChange }: Props) => (
  <label className="sort">
    <span>Sort by</span>
    <select value={sort} onChange={(event) => onChange(event.target.value as CatalogueSort)}>
      {Object.entries(sortLabels).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </label>
);
