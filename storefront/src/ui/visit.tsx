import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

type Visit = { readonly firstPath: string; readonly hasMoved: boolean };

const VisitContext = createContext<(pathname: string) => boolean>(() => true);

/** Remembers whether this visit has left its first page: back on it, the visit has still moved. */
export const VisitProvider = ({ children }: { readonly children: ReactNode }) => {
  const { pathname } = useLocation();
  const visit = useRef<Visit>({ firstPath: pathname, hasMoved: false });
  const isFirstPage = useRef((path: string) => !visit.current.hasMoved && visit.current.firstPath === path);
  useEffect(() => {
    if (pathname !== visit.current.firstPath) visit.current = { ...visit.current, hasMoved: true };
  }, [pathname]);
  return <VisitContext value={isFirstPage.current}>{children}</VisitContext>;
};

/** Whether the page is the one that the visit began with; ask it in an effect. */
export const useIsFirstPage = (): ((pathname: string) => boolean) => useContext(VisitContext);
