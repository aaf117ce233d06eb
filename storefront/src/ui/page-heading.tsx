import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { hasEditableFocus } from '#ui/focus.ts';
import { useIsFirstPage } from '#ui/visit.tsx';

/**
 * The one h1 of a page, and its title. After a move to another page of the shop it takes the focus, so that keyboard and
 * screen reader start there; the first page of a visit leaves the focus to the browser. A search, a filter or a page of the
 * list is the same page: whoever types or chooses there keeps focus and scroll.
 */
export const PageHeading = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const ref = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const isFirstPage = useIsFirstPage();
  const isForward = useNavigationType() !== 'POP';
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another path is another page; the rest is read as it is then.
  useEffect(() => {
    if (isFirstPage(pathname)) return;
    if (!hasEditableFocus()) ref.current?.focus({ preventScroll: true });
    if (isForward) window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <>
      <title>{`${title} · Weirhouse, tea & coffee`}</title>
      <h1 ref={ref} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
};
