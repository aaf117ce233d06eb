import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/**
 * The one h1 of a page, and its title. After a move inside the shop it takes the focus, so that keyboard and screen
 * reader start at the new page; the first page of a visit leaves the focus to the browser.
 */
export const PageHeading = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const ref = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  const isMove = key !== 'default';
  const isForward = useNavigationType() !== 'POP';
  useEffect(() => {
    if (!isMove) return;
    ref.current?.focus({ preventScroll: true });
    if (isForward) window.scrollTo(0, 0);
  }, [isMove, isForward]);
  return (
    <>
      <title>{`${title} · Weirhouse, tea & coffee`}</title>
      <h1 ref={ref} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
};
