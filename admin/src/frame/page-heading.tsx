import { useEffect, useRef } from 'react';
import { TitlePortal, useLocation } from 'react-admin';

const officeName = 'Weirhouse back office';
/** The id under which react-admin's pages look for the place of their title. */
const headingId = 'react-admin-title';

/** Puts the focus on the heading: after an act whose button is gone. */
export const focusHeading = (): void => document.getElementById(headingId)?.focus({ preventScroll: true });

/**
 * The one h1 of every page, filled by react-admin's `title`. It names the tab too, and takes the focus when another page
 * is opened, so that a keyboard and a screen reader start there and not at the top of the frame.
 */
export const PageHeading = () => {
  const heading = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  const wantsFocus = useRef(false);

  useEffect(() => {
    const node = heading.current;
    if (node === null) return;
    wantsFocus.current = wantsFocus.current || shown.current !== pathname;
    shown.current = pathname;
    const follow = (): void => {
      const text = node.textContent?.trim() ?? '';
      document.title = text === '' ? officeName : `${text} – ${officeName}`;
      if (text === '' || !wantsFocus.current) return;
      wantsFocus.current = false;
      if (!isInPage(document.activeElement)) focusHeading();
    };
    follow();
    const observer = new MutationObserver(follow);
    observer.observe(node, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [pathname]);

  return (
    <TitlePortal
      ref={heading}
      component="h1"
      variant="h5"
      tabIndex={-1}
      sx={{ flex: 'none', pt: 2, px: 1, outline: 'none', whiteSpace: 'normal', overflowWrap: 'anywhere' }}
    />
  );
};

/** A form of the new page that took the focus itself keeps it. */
const isInPage = (element: Element | null): boolean =>
  element !== null && element.closest('#main-content') !== null && element.id !== headingId;
