import type { CataloguePage as CataloguePageData } from '@penstock/domain/catalogue';
import { Suspense, useEffect, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { type CatalogueFilter, readFilter, unfiltered, writeFilter } from '#features/catalogue/api/catalogue-filter.ts';
import { titleOf } from '#features/catalogue/api/catalogue-title.ts';
import { type ShownCatalogue, useCatalogue } from '#features/catalogue/api/use-catalogue.ts';
import { FilterChips } from '#features/catalogue/components/filter-chips.tsx';
import { FilterForm } from '#features/catalogue/components/filter-form.tsx';
import { Pages } from '#features/catalogue/components/pages.tsx';
import { ProductGrid, SkeletonGrid } from '#features/catalogue/components/product-grid.tsx';
import { SearchBox } from '#features/catalogue/components/search-box.tsx';
import { SortSelect } from '#features/catalogue/components/sort-select.tsx';
import { lazyPart } from '#lib/lazy-part.ts';
import { counted } from '#lib/text/format.ts';
import { PageHeading } from '#ui/page-heading.tsx';
import './catalogue.css';

/** What is wrong with a list, or that it is empty: not in the first load, but fetched right after it. */
export const ListNotice = lazyPart(
  async () => (await import('#features/catalogue/components/list-notice.tsx')).ListNotice,
);

/** The catalogue: search, filters, sort and page are the URL, so that a link shows what its sender saw. */
export const CataloguePage = () => {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const filter = readFilter(params);
  const list = useRef<HTMLElement>(null);
  const shown = useCatalogue(filter);
  const { page } = shown;
  useEffect(() => {
    ListNotice.preload().catch((error: unknown) => console.warn(error));
  }, []);
  const change = (next: Partial<CatalogueFilter>): void => {
    void navigate(
      { search: writeFilter({ ...filter, page: 1, ...next }).toString() },
      { replace: next.q !== undefined },
    );
  };
  const clear = (): void => void navigate({ search: writeFilter(unfiltered(filter)).toString() });
  const goToList = (): void => {
    list.current?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: 'start' });
  };
  const isWaiting = page === undefined && shown.trouble === undefined && !shown.isPaused;
  return (
    <div className="catalogue">
      <div className="catalogue-head">
        <PageHeading title={titleOf(filter)}>Tea, coffee and gear</PageHeading>
        <SearchBox filter={filter} onSearch={(q) => change({ q })} />
      </div>
      <FilterForm filter={filter} facets={page?.facets.category ?? []} onChange={change} />
      <div className="catalogue-bar">
        <p role="status">{page === undefined ? null : <Count list={page} page={filter.page} />}</p>
        <SortSelect sort={filter.sort} onChange={(sort) => change({ sort })} />
      </div>
      <section
        className="catalogue-list"
        aria-label="Products"
        aria-busy={isWaiting || (shown.isEarlier && shown.trouble === undefined && !shown.isPaused)}
        ref={list}
        tabIndex={-1}
      >
        <FilterChips filter={filter} onChange={change} onClear={clear} onEmptied={goToList} />
        {isWaiting ? <SkeletonGrid /> : null}
        {needsNotice(shown) ? (
          <Suspense>
            <ListNotice shown={shown} filter={filter} onClear={clear} onFirst={() => change({ page: 1 })} />
          </Suspense>
        ) : null}
        {page === undefined ? null : <ProductGrid products={page.items} />}
        {page === undefined ? null : (
          <Pages filter={filter} total={page.total} pageSize={page.pageSize} onGone={goToList} />
        )}
      </section>
    </div>
  );
};

const needsNotice = ({ page, isEarlier, isPaused, trouble }: ShownCatalogue): boolean =>
  trouble !== undefined || (isPaused && isEarlier) || page?.items.length === 0;

/** "60 products", on a later page "60 products, page 2 of 3". */
const Count = ({ list, page }: { readonly list: CataloguePageData; readonly page: number }) => {
  const last = Math.max(1, Math.ceil(list.total / list.pageSize));
  return (
    <>
      {counted(list.total, 'product')}
      {page > 1 && page <= last ? <span className="count-page">{`, page ${page} of ${last}`}</span> : null}
    </>
  );
};
