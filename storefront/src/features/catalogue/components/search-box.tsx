import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { type CatalogueFilter, searchHint, searchText } from '#features/catalogue/api/catalogue-filter.ts';
import { catalogueQuery } from '#features/catalogue/api/use-catalogue.ts';
import { useServices } from '#lib/services.ts';

type Props = { readonly filter: CatalogueFilter; readonly onSearch: (q: string) => void };

const debounceMs = 250;

/**
 * Search as you type: after 250 ms the answer is fetched, a stale question is aborted, and the URL follows when the
 * answer is there, so that the address, the count and the list change together. Enter does it at once.
 */
export const SearchBox = ({ filter, onSearch }: Props) => {
  const { http } = useServices();
  const client = useQueryClient();
  const [typed, setTyped] = useState(filter.q);
  const hintId = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wanted = useRef(filter.q);
  useEffect(() => {
    // The URL changed by itself (back, a chip, a link): the box follows. While typing, the box is ahead.
    if (searchText(wanted.current) === filter.q) return;
    wanted.current = filter.q;
    setTyped(filter.q);
  }, [filter.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = async (text: string): Promise<void> => {
    clearTimeout(timer.current);
    const q = searchText(text);
    if (q === filter.q) return;
    // Offline nothing answers before the connection is back: the page says so.
    if (!navigator.onLine) return onSearch(q);
    await client.prefetchQuery({ ...catalogueQuery(http, { ...filter, q, page: 1 }), retry: false });
    if (wanted.current === text) onSearch(q);
  };
  const type = (text: string): void => {
    const stale = catalogueQuery(http, { ...filter, q: searchText(wanted.current), page: 1 }).queryKey;
    if (searchText(wanted.current) !== filter.q) void client.cancelQueries({ queryKey: stale, exact: true });
    wanted.current = text;
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void search(text), debounceMs);
  };

  const hint = searchHint(typed);
  return (
    <search>
      <form
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          void search(typed);
        }}
      >
        <label htmlFor="q">Search</label>
        <input
          id="q"
          type="search"
          aria-describedby={hint === undefined ? undefined : hintId}
          autoComplete="off"
          placeholder="Search"
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
        {hint === undefined ? null : (
          <p id={hintId} className="hint">
            {hint}
          </p>
        )}
      </form>
    </search>
  );
};
