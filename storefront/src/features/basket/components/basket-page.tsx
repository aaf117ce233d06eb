import { useSharedBasket } from '#features/basket/api/use-shared-basket.ts';
import { BasketContents } from '#features/basket/components/basket-contents.tsx';
import { EarlierBasket } from '#features/basket/components/earlier-basket.tsx';
import { ShareBasket } from '#features/basket/components/share-basket.tsx';
import { PageHeading } from '#ui/page-heading.tsx';

/** The basket as a page. A link with `#basket=…` takes another device's basket; the id never reaches a server's log. */
export const BasketPage = () => {
  useSharedBasket();
  return (
    <div className="basket-page">
      <PageHeading title="Basket">Basket</PageHeading>
      <EarlierBasket />
      <BasketContents />
      <ShareBasket />
    </div>
  );
};
