import { type MouseEvent, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { type CatalogueFilter, writeFilter } from '#features/catalogue/api/catalogue-filter.ts';

type Props = {
  readonly filter: CatalogueFilter;
  readonly total: number;
  readonly pageSize: number;
  readonly onGone: () => void;
};

/**
 * Links to the pages of the list: all of them when they are few, else the ends and the neighbours. `onGone` is called when the
 * address is that of the page: the scroll of the one that was left is kept for Back until then.
 */
export const Pages = ({ filter, total, pageSize, onGone }: Props) => {
  const wanted = useRef<number>(undefined);
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  useEffect(() => {
    if (wanted.current === filter.page) gone.current();
    wanted.current = undefined;
  }, [filter.page]);
  const onGo = (page: number): void => {
    wanted.current = page;
  };
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1) return null;
  return (
    <nav aria-label="Pages" className="pages">
      {filter.page > 1 ? <PageLink filter={filter} page={filter.page - 1} label="Previous" onGo={onGo} /> : null}
      {shownPages(filter.page, last).map((page) => (
        <PageLink key={page} filter={filter} page={page} label={String(page)} onGo={onGo} />
      ))}
      {filter.page < last ? <PageLink filter={filter} page={filter.page + 1} label="Next" onGo={onGo} /> : null}
    </nav>
  );
};

type LinkProps = {
  readonly filter: CatalogueFilter;
  readonly page: number;
  readonly label: string;
  readonly onGo: (page: number) => void;
};

const PageLink = ({ filter, page, label, onGo }: LinkProps) => (
  <Link
    to={{ search: writeFilter({ ...filter, page }).toString() }}
    onClick={(event) => {
      if (!opensElsewhere(event)) onGo(page);
    }}
    {...(page === filter.page ? { 'aria-current': 'page' as const } : {})}
  >
    {label}
  </Link>
);

/** A new tab or window leaves this one as it is. */
const opensElsewhere = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  metaKey || ctrlKey || shiftKey || altKey;

const shownPages = (page: number, last: number): readonly number[] =>
  Array.from({ length: last }, (_, index) => index + 1).filter(
    (each) => each === 1 || each === last || Math.abs(each - page) <= 2,
  );
