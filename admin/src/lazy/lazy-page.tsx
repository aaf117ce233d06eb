import { Typography } from '@mui/material';
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { browserLine, loadPatiently } from '#lazy/load-patiently.ts';

/** A page whose code comes when it is opened. React keeps an import that failed for good, so none is let fail early. */
export const lazyPage = (load: () => Promise<ComponentType>): ComponentType => {
  const Page = lazy(async () => ({ default: await loadPatiently(load, browserLine) }));
  return () => (
    <Suspense fallback={<OnItsWay />}>
      <Page />
    </Suspense>
  );
};

/** Most pages come sooner than a word about them can be read. */
const sayAfterMs = 1500;

const OnItsWay = () => {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), sayAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Typography role="status" sx={{ p: 2 }}>
      {isLong ? 'The page is on its way. If the line is away, it opens by itself when the line is back.' : ''}
    </Typography>
  );
};
