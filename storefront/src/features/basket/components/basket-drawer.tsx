import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { BasketContents } from '#features/basket/components/basket-contents.tsx';

/** The basket beside the page, as a native modal dialog: the browser traps the focus, closes on Escape and gives it back. */
export const BasketDrawer = ({ onClose }: { readonly onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const close = (): void => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; Escape does the same, natively.
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby="drawer-heading"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div className="drawer-body">
        <div className="drawer-head">
          <h2 id="drawer-heading" tabIndex={-1}>
            Your basket
          </h2>
          <button type="button" className="button-quiet" onClick={close}>
            Close
          </button>
        </div>
        <BasketContents onLeave={close} />
        <Link to="/basket" onClick={close}>
          Open as a page
        </Link>
      </div>
    </dialog>
  );
};
