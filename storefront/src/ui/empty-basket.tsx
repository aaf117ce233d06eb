import { Link } from 'react-router';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useOnTheWay } from '#lib/orders/use-on-the-way.ts';
import { counted } from '#lib/text/format.ts';
import { State } from '#ui/state.tsx';

/** Nothing in the basket: why, and one thing to do. `onLeave` closes a drawer that shows this. */
export const EmptyBasket = ({ onLeave }: { readonly onLeave?: () => void }) => {
  const { id } = useBasket();
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
  return (
    <State drawing="empty-basket">
      <p>Your basket is empty.</p>
      <Link to="/" className="button" onClick={onLeave}>
        Go to the catalogue
      </Link>
    </State>
  );
};
