import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { useEffect, useRef } from 'react';
import { useSidebarState } from 'react-admin';

/** Closes the rail where it would take a fifth of the window (a tablet, a zoom of 200 %); the button in the bar opens it. */
export const useRail = (): void => {
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('md'), { noSsr: true });
  const wasNarrow = useRef(isNarrow);
  const [, setOpen] = useSidebarState();
  const set = useRef(setOpen);
  set.current = setOpen;
  useEffect(() => {
    if (isNarrow) set.current(false);
    else if (wasNarrow.current) set.current(true);
    wasNarrow.current = isNarrow;
  }, [isNarrow]);
};
