import { Link } from 'react-router';
import { State } from '#ui/state.tsx';

/** Nothing in the basket: one thing to do. `onLeave` closes a drawer that shows this. */
export const EmptyBasket = ({ onLeave }: { readonly onLeave?: () => void }) => (
  <State drawing="empty-basket">
    <p>Your basket is empty.</p>
    <Link to="/" className="button" onClick={onLeave}>
      Go to the catalogue
    </Link>
  </State>
);
