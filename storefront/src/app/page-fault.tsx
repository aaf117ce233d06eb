import { useState } from 'react';
import { isReachable } from '#app/reload.ts';
import { PageHeading } from '#ui/page-heading.tsx';

/** Our own fault: said so, with a reload that is only done when it can work. */
export const PageFault = () => {
  const [isAway, setAway] = useState(false);
  const reload = async (): Promise<void> => {
    if (await isReachable()) location.reload();
    else setAway(true);
  };
  return (
    <div className="empty-text">
      <PageHeading title="Fault">This page could not be shown</PageHeading>
      <p role="alert">
        {isAway
          ? 'The shop cannot be reached at the moment. Try again when the connection is back.'
          : 'That is a fault of ours. Your basket and your orders are kept.'}
      </p>
      <button type="button" className="button" onClick={() => void reload()}>
        Load the page again
      </button>
    </div>
  );
};
