import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Says something to people who listen to the page. There is one polite region for basket, stock and orders. */
export const useAnnounce = (): ((text: string) => void) => useContext(AnnounceContext);

export const Announcer = ({ children }: { readonly children: ReactNode }) => {
  const [text, setText] = useState('');
  // The same sentence twice is no change to a screen reader: a no-break space makes it one.
  const announce = useCallback((next: string) => setText((last) => (last === next ? `${next}\u00a0` : next)), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div aria-live="polite" className="visually-hidden">
        {text}
      </div>
    </AnnounceContext>
  );
};
