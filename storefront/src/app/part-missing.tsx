import { useCallback, useEffect, useState } from 'react';
import { isReachable, reloadByItself } from '#app/reload.ts';
import { useOnline } from '#lib/use-online.ts';
import { Notice } from '#ui/notice.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import { State } from '#ui/state.tsx';

/** How often a shop that cannot be reached is tried by itself. */
const tryEveryMs = 10_000;

/**
 * The code of a page did not arrive. Offline it waits for the connection; after a release that dropped it, the page is
 * loaded anew once. It never leads to the browser's own error page: a reload is only done when the shop answers.
 */
export const PartMissing = () => {
  const isOnline = useOnline();
  const [isStuck, setStuck] = useState(false);
  const [isTrying, setTrying] = useState(false);
  const tryAgain = useCallback(async (): Promise<void> => {
    setTrying(true);
    if (await isReachable()) setStuck(!reloadByItself());
    setTrying(false);
  }, []);
  useEffect(() => {
    if (!isOnline || isStuck) return undefined;
    void tryAgain();
    const timer = setInterval(() => void tryAgain(), tryEveryMs);
    return () => clearInterval(timer);
  }, [isOnline, isStuck, tryAgain]);
  return (
    <State drawing="offline">
      <PageHeading title={isOnline ? 'Not loaded' : 'Offline'}>{isOnline ? 'Not loaded' : 'Offline'}</PageHeading>
      <Notice tone="signal">
        <p role="alert">
          {isStuck
            ? 'A part of this page could not be loaded.'
            : 'This page is not on this device yet. It opens by itself as soon as the shop can be reached.'}{' '}
          Your basket and your orders are kept.
        </p>
        <button
          type="button"
          className="button"
          disabled={isTrying}
          onClick={() => void (isStuck ? reloadIfReachable() : tryAgain())}
        >
          {isTrying ? 'Trying…' : isStuck ? 'Load the page again' : 'Try now'}
        </button>
      </Notice>
    </State>
  );
};

const reloadIfReachable = async (): Promise<void> => {
  if (await isReachable()) location.reload();
};
