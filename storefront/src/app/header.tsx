import { Link, NavLink } from 'react-router';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useMyOrders } from '#lib/orders/use-orders.ts';
import { basketLinkId } from '#ui/focus.ts';
import { Mark } from '#ui/mark.tsx';
import './header.css';

export const Header = () => {
  const { lines } = useBasket();
  const orders = useMyOrders();
  const open = orders.filter(({ state, isWaiting, isBadNews }) => state === 'sending' || isWaiting || isBadNews).length;
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <header className="header scale">
      <Link to="/" className="brand">
        <Mark />
        Weirhouse
        <span className="brand-trade">tea &amp; coffee</span>
      </Link>
      <nav aria-label="Shop">
        <NavLink to="/" end>
          Catalogue
        </NavLink>
        <NavLink to="/basket" id={basketLinkId}>
          Basket {units === 0 ? null : <span className="badge">{units}</span>}
        </NavLink>
        {orders.length === 0 ? null : (
          <NavLink to="/orders">Orders {open === 0 ? null : <span className="badge">{open}</span>}</NavLink>
        )}
      </nav>
    </header>
  );
};
