import { useSyncExternalStore } from 'react';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useMyOrders } from '#lib/orders/use-orders.ts';
import { useServices } from '#lib/services.ts';
import { handOnFocus } from '#ui/focus.ts';

/** Says when this browser does not keep what it should, as soon as there is something to lose. */
export const KeptBanner = () => {
  const { kept } = useServices();
  const isDurable = useSyncExternalStore(kept.subscribe, kept.isDurable);
  const isPartLost = useSyncExternalStore(kept.subscribe, kept.isPartLost);
  const { lines } = useBasket();
  const isSomething = useMyOrders().length > 0 || lines.length > 0;
  if (isPartLost)
    return (
      <div ref={handOnFocus} className="banner" role="status">
        Something that this browser kept of your basket or orders could not be read. It was set aside; everything else
        works. Please look your basket and orders over.{' '}
        <button type="button" className="button-quiet" onClick={kept.acknowledge}>
          Dismiss
        </button>
      </div>
    );
  return isDurable || !isSomething ? null : (
    <p className="banner" role="status">
      This browser keeps nothing between visits: its storage is blocked or full. Leave this page open until everything
      is saved, and copy the link of your order.
    </p>
  );
};
