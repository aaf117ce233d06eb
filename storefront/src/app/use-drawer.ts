import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { basketLinkId } from '#ui/focus.ts';

/**
 * The basket beside the page. Whoever closes it is back where it was opened, or at the basket's link when that is gone, as a
 * message is by then. When its code cannot be loaded, the basket's page is opened and says so.
 */
export const useDrawer = (preload: () => Promise<unknown>) => {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<Element>(null);
  const navigate = useNavigate();
  const open = (): void => {
    opener.current = document.activeElement;
    preload().then(
      () => setOpen(true),
      () => void navigate('/basket'),
    );
  };
  const close = (): void => {
    setOpen(false);
    const { current } = opener;
    const back =
      current instanceof HTMLElement && current !== document.body && current.isConnected ? current : undefined;
    (back ?? document.getElementById(basketLinkId))?.focus();
  };
  return { isOpen, open, close };
};
