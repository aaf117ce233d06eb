import { useEffect, useState } from 'react';
import type { Attempt } from '#lib/orders/order-book.ts';
import { counted } from '#lib/text/format.ts';
import { Notice } from '#ui/notice.tsx';

/** An answer normally takes less than this; afterwards the page says that it is still trying. */
const patienceMs = 4000;

/** The order is on its way and its outcome unknown: it is kept and sent again by itself, after a reload too (A5). */
export const Sending = ({ attempt }: { readonly attempt: Attempt }) => {
  const [isLate, setLate] = useState(() => Date.now() - attempt.begunAtMs > patienceMs);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), Math.max(0, patienceMs - (Date.now() - attempt.begunAtMs)));
    return () => clearTimeout(timer);
  }, [attempt.begunAtMs]);
  return (
    <Notice tone={isLate ? 'signal' : 'plain'}>
      <p role="status">
        {isLate
          ? 'Not yet accepted, still trying. You can close this page: it is sent again when you come back to the shop.'
          : 'Placing your order…'}
      </p>
      <p className="small">
        Your order of {counted(attempt.lines.length, 'product')} is kept on this device and never placed twice.
      </p>
    </Notice>
  );
};
