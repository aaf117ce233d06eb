import { Link } from 'react-router';
import { type CatalogueFilter, writeFilter } from '#features/catalogue/api/catalogue-filter.ts';

type Props = { readonly filter: CatalogueFilter; readonly total: number; readonly pageSize: number };

/** Links to the pages of the list: all of them when they are few, else the ends and the neighbours. */
export const Pages = ({ filter, total, pageSize }: Props) => {
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1) return null;
  return (
    <nav aria-label="Pages" className="pages">
      {filter.page > 1 ? <PageLink filter={filter} page={filter.page - 1} label="Previous" /> : null}
      {shownPages(filter.page, last).map((page) => (
        <PageLink key={page} filter={filter} page={page} label={String(page)} />
      ))}
      {filter.page < last ? <PageLink filter={filter} page={filter.page + 1} label="Next" /> : null}
    </nav>
  );
};

type LinkProps = { readonly filter: CatalogueFilter; readonly page: number; readonly label: string };

const PageLink = ({ filter, page, label }: LinkProps) => (
  <Link
    to={{ search: writeFilter({ ...filter, page }).toString() }}
    onClick={() => window.scrollTo(0, 0)}
    {...(page === filter.page ? { 'aria-current': 'page' as const } : {})}
  >
    {label}
  </Link>
);

const shownPages = (page: number, last: number): readonly number[] =>
  Array.from({ length: last }, (_, index) => index + 1).filter(
    (each) => each === 1 || each === last || Math.abs(each - page) <= 2,
  );
