import { type CatalogueFilter, isNarrowed } from '#features/catalogue/api/catalogue-filter.ts';
import { State } from '#ui/state.tsx';

type Props = {
  readonly filter: CatalogueFilter;
  readonly total: number;
  readonly onClear: () => void;
  readonly onFirst: () => void;
};

/** The list is empty: because nothing matches, or because it ends before this page. */
export const NothingFound = ({ filter, total, onClear, onFirst }: Props) =>
  total > 0 ? (
    <State drawing="nothing-found">
      <h2>The list ends before page {filter.page}</h2>
      <button type="button" className="button" onClick={onFirst}>
        Go to the first page
      </button>
    </State>
  ) : (
    <State drawing="nothing-found">
      <h2>Nothing found</h2>
      {filter.q === '' ? (
        <p>No product matches all of these filters.</p>
      ) : (
        <p>
          No product matches “<bdi>{filter.q}</bdi>”{isNarrowed({ ...filter, q: '' }) ? ' with these filters' : ''}.
        </p>
      )}
      <button type="button" className="button" onClick={onClear}>
        Show everything
      </button>
    </State>
  );
