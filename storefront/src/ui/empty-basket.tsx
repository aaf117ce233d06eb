import { Link } from 'react-router';

/** Nothing in the basket: one thing to do. `onLeave` closes a drawer that shows this. */
export const EmptyBasket = ({ onLeave }: { readonly onLeave?: () => void }) => (
  <div className="empty">
    <p>Your basket is empty.</p>
    <Link to="/" className="button" onClick={onLeave}>
      Go to the catalogue
    </Link>
  </div>
);
