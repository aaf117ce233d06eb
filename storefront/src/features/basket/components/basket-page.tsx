import { basketIdPattern } from '@penstock/domain/ids';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { BasketContents } from '#features/basket/components/basket-contents.tsx';
import { ShareBasket } from '#features/basket/components/share-basket.tsx';
import type { BasketStore } from '#lib/basket/basket-store.ts';
import { useServices } from '#lib/services.ts';
import { PageHeading } from '#ui/page-heading.tsx';
import { type Toast, useToast } from '#ui/toasts.tsx';

/** The basket as a page. A link with `#basket=…` takes another device's basket; the id never reaches a server's log. */
export const BasketPage = () => {
  useSharedBasket();
  return (
    <div className="basket-page">
      <PageHeading title="Basket">Basket</PageHeading>
      <BasketContents />
      <ShareBasket />
    </div>
  );
};

const useSharedBasket = (): void => {
  const { basket } = useServices();
  const { hash } = useLocation();
  const navigate = useNavigate();
  const toast = useToast();
  useEffect(() => {
    const id = new URLSearchParams(hash.slice(1)).get('basket');
    if (id === null) return;
    // The id is a capability: it does not stay in the address bar.
    void navigate({ hash: '' }, { replace: true });
    if (!basketIdPattern.test(id)) {
      toast({ text: 'This link to a basket is incomplete. Your own basket is as it was.' });
      return;
    }
    void takeBasket(basket, id, toast);
  }, [basket, hash, navigate, toast]);
};

const takeBasket = async (basket: BasketStore, id: string, toast: (toast: Toast) => void): Promise<void> => {
  const hadLines = basket.current().lines.length > 0;
  const left = await basket.take(id);
  if (left === undefined || !hadLines) return;
  toast({
    text: 'You now see the shared basket. Yours is kept.',
    action: { label: 'Go back to mine', run: () => void basket.take(left) },
  });
};
