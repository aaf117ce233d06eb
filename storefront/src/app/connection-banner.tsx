import { useEffect } from 'react';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useLiveStatus } from '#lib/live/use-topic.ts';
import { toSend } from '#lib/orders/order-book.ts';
import { useOrderBook } from '#lib/orders/use-orders.ts';
import { useDelayed } from '#lib/use-delayed.ts';
import { useOnline } from '#lib/use-online.ts';
import { useAnnounce } from '#ui/announcer.tsx';

/** A socket that is back within this time was never missed. */
const awayAfterMs = 4000;

/** Says when the shop cannot be reached and what is kept meanwhile. Nothing is shown while all is well. */
export const ConnectionBanner = () => {
  const isOnline = useOnline();
  const { isLate } = useBasket();
  const isOrdering = toSend(useOrderBook()).length > 0;
  const isAway = useDelayed(useLiveStatus() === 'away', awayAfterMs);
  const announce = useAnnounce();
  const text = bannerText({ isOnline, isLate, isAway, isOrdering });
  useEffect(() => {
    if (text !== undefined) announce(text);
  }, [announce, text]);
  return text === undefined ? null : <p className="banner">{text}</p>;
};

type State = {
  readonly isOnline: boolean;
  readonly isLate: boolean;
  readonly isAway: boolean;
  readonly isOrdering: boolean;
};

const bannerText = ({ isOnline, isLate, isAway, isOrdering }: State): string | undefined => {
  // Of an order on its way its own banner or page says that it waits for the connection.
  if (!isOnline) return isOrdering ? undefined : 'Offline. Your basket is kept on this device.';
  if (isLate) return 'Your last change is not yet saved. It is kept on this device and sent again by itself.';
  return isAway ? 'Reconnecting. Prices and stock may be a moment behind.' : undefined;
};
