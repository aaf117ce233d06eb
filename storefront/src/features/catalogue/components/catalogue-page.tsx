import { useNavigate, useSearchParams } from 'react-router';
import {
  type CatalogueFilter,
  isNarrowed,
  readFilter,
  unfiltered,
  writeFilter,
} from '#features/catalogue/api/catalogue-filter.ts';
import { useCatalogue } from '#features/catalogue/api/use-catalogue.ts';
import { FilterChips } from '#features/catalogue/components/filter-chips.tsx';
import { FilterForm } from '#features/catalogue/components/filter-form.tsx';
import { Pages } from '#features/catalogue/components/pages.tsx';
import { ProductGrid, SkeletonGrid } from '#features/catalogue/components/product-grid.tsx';
import { SearchBox } from '#features/catalogue/components/search-box.tsx';
import { SortSelect } from '#features/catalogue/components/sort-select.tsx';
import { counted } from '#lib/text/format.ts';
import { useDelayed } from '#lib/use-delayed.ts';
import { Fault } from '#ui/fault.tsx';
import { Offline } from '#ui/offline.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import { State } from '#ui/state.tsx';
import './catalogue.css';

/** The catalogue: search, filters, sort and page are the URL, so that a link shows what its sender saw. */
export const CataloguePage = () => {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const filter = readFilter(params);
  const { data, error, fetchStatus, isPlaceholderData, isPending, refetch } = useCatalogue(filter);
  const isOffline = isPending && fetchStatus === 'paused';
  const showSkeleton = useDelayed(isPending && !isOffline);
  const change = (next: Partial<CatalogueFilter>): void => {
    void navigate(
      { search: writeFilter({ ...filter, page: 1, ...next }).toString() },
      { replace: next.q !== undefined },
    );
  };
  const clear = (): void => void navigate({ search: writeFilter(unfiltered(filter)).toString() });
  return (
    <div className="catalogue">
      <div className="catalogue-head">
        <PageHeading title="Catalogue">Tea, coffee and gear</PageHeading>
        <SearchBox filter={filter} onSearch={(q) => change({ q })} />
      </div>
      <FilterForm filter={filter} facets={data?.facets.category ?? []} onChange={change} />
      <section className="catalogue-list" aria-label="Products" aria-busy={isPending || isPlaceholderData}>
        <div className="catalogue-bar">
          <p role="status">{data === undefined ? '' : counted(data.total, 'product')}</p>
          <SortSelect sort={filter.sort} onChange={(sort) => change({ sort })} />
        </div>
        {isNarrowed(filter) ? <FilterChips filter={filter} onChange={change} onClear={clear} /> : null}
        {error !== null && data === undefined ? (
          <Fault what="The catalogue" error={error} onRetry={() => void refetch()} />
        ) : null}
        {isOffline ? <Offline what="The catalogue" /> : null}
        {showSkeleton ? <SkeletonGrid /> : null}
        {data !== undefined && data.items.length === 0 ? (
          <NothingFound filter={filter} total={data.total} onClear={clear} onFirst={() => change({ page: 1 })} />
        ) : null}
        {data === undefined ? null : <ProductGrid products={data.items} />}
        {data === undefined ? null : <Pages filter={filter} total={data.total} pageSize={data.pageSize} />}
      </section>
    </div>
  );
};

type NothingProps = {
  readonly filter: CatalogueFilter;
  readonly total: number;
  readonly onClear: () => void;
  readonly onFirst: () => void;
};

const NothingFound = ({ filter, total, onClear, onFirst }: NothingProps) => {
  if (total > 0)
    return (
      <State drawing="nothing-found">
        <h2>The list ends before page {filter.page}</h2>
        <button type="button" className="button" onClick={onFirst}>
          Go to the first page
        </button>
      </State>
    );
  return (
    <State drawing="nothing-found">
      <h2>Nothing found</h2>
      <p>
        {filter.q === ''
          ? 'No product matches all of these filters.'
          : `No product matches “${filter.q}” with these filters.`}
      </p>
      <button type="button" className="button" onClick={onClear}>
        Show everything
      </button>
    </State>
  );
};
