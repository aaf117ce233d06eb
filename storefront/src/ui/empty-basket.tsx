import { Link } from 'react-router';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useOnTheWay } from '#lib/orders/use-on-the-way.ts';
import { counted } from '#lib/text/format.ts';
import { useDelayed } from '#lib/use-delayed.ts';
import { useOnline } from '#lib/use-online.ts';
import { State } from '#ui/state.tsx';

/** Nothing in the basket, or nothing that is known yet: why, and one thing to do. `onLeave` closes a drawer that shows this. */
export const EmptyBasket = ({ onLeave }: { readonly onLeave?: () => void }) => {
  const { id, isRead } = useBasket();
  const onTheWay = useOnTheWay(id);
  if (onTheWay > 0)
    return (
      <State drawing="empty-basket">
        <p>
          {counted(onTheWay, 'product')} {onTheWay === 1 ? 'is' : 'are'} in an order that is on its way.
        </p>
        <Link to="/orders" className="button" onClick={onLeave}>
          Show your orders
        </Link>
      </State>
    );
  if (!isRead) return <BeingRead />;
  return (
    <State drawing="empty-basket">
      <p>Your basket is empty.</p>
      <Link to="/" className="button" onClick={onLeave}>
        Go to the catalogue
      </Link>
    </State>
  );
};

/** A basket of which this device keeps nothing: only the shop knows whether it is empty. */
const BeingRead = () => {
  const isOnline = useOnline();
  const isSlow = useDelayed(true);
  return isSlow ? (
    <p role="status">
      {isOnline
        ? 'Your basket is being read…'
        : 'Your basket could not be read yet: this device is offline. It is read as soon as the connection is back.'}
    </p>
  ) : null;
};
