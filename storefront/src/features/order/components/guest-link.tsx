import { useState } from 'react';
import { guestLink } from '#lib/orders/receipts.ts';
import { copyText } from '#lib/text/copy-text.ts';
import { useToast } from '#ui/toasts.tsx';

type Props = { readonly orderId: string; readonly receipt: string };

/** Copies a link that shows the order with its address to whoever has it. */
export const GuestLink = ({ orderId, receipt }: Props) => {
  const toast = useToast();
  const [isShown, setShown] = useState(false);
  const link = guestLink(location.origin, orderId, receipt);
  const copy = async (): Promise<void> => {
    if (await copyText(link)) toast({ text: 'Link copied. Whoever has it can see this order and its address.' });
    else setShown(true);
  };
  return (
    <>
      <button type="button" className="button" onClick={() => void copy()}>
        Copy link to this order
      </button>
      {isShown ? <code className="link-text">{link}</code> : null}
    </>
  );
};
