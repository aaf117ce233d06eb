import { useBasket } from '#lib/basket/use-basket.ts';
import { useServices } from '#lib/services.ts';
import { Notice } from '#ui/notice.tsx';

/** The way back to the basket that a link has replaced, for as long as this browser keeps it. */
export const EarlierBasket = () => {
  const { basket } = useServices();
  const [earlier] = useBasket().earlier;
  if (earlier === undefined) return null;
  return (
    <Notice>
      <p>This browser had another basket before. It is kept.</p>
      <button type="button" className="button" onClick={() => void basket.take(earlier)}>
        Go back to that basket
      </button>
    </Notice>
  );
};
