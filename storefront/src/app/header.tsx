import { Link, NavLink } from 'react-router';
import { useBasket } from '#lib/basket/use-basket.ts';

export const Header = () => {
  const { lines } = useBasket();
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <header className="header">
      <Link to="/" className="brand">
        Weirhouse
      </Link>
      <nav aria-label="Shop">
        <NavLink to="/" end>
          Catalogue
        </NavLink>
        <NavLink to="/basket">Basket{units === 0 ? null : <span className="badge"> {units}</span>}</NavLink>
      </nav>
    </header>
  );
};
