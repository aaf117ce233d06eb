import type { Basket } from '@penstock/domain/basket';
import { basketIdPattern } from '@penstock/domain/ids';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { BasketStore } from '#lib/basket/basket-store.ts';
import type { Http } from '#lib/net/http.ts';
import { useServices } from '#lib/services.ts';
import { type Toast, useToast } from '#ui/toasts.tsx';

/** Takes the basket that a link with `#basket=…` names. The id is a capability: it does not stay in the address bar. */
export const useSharedBasket = (): void => {
  const { basket, http } = useServices();
  const { hash } = useLocation();
  const navigate = useNavigate();
  const toast = useToast();
  useEffect(() => {
    const id = new URLSearchParams(hash.slice(1)).get('basket');
    if (id === null) return;
    void navigate({ hash: '' }, { replace: true });
    if (!basketIdPattern.test(id)) {
      toast({ text: 'This link to a basket is incomplete. Your own basket is as it was.' });
      return;
    }
    takeBasket({ basket, http, toast }, id).catch((error: unknown) => {
      console.warn('The basket of the link could not be looked at.', error);
      toast({ text: 'The basket of this link could not be loaded. Yours is as it was; open the link again later.' });
    });
  }, [basket, http, hash, navigate, toast]);
};

type TakeDeps = {
  readonly basket: BasketStore;
  readonly http: Http;
  readonly toast: (toast: Toast) => void;
};

/** A browser whose basket is empty loses nothing. Any other looks first whether the link leads to a basket at all. */
const takeBasket = async ({ basket, http, toast }: TakeDeps, id: string): Promise<void> => {
  const { id: own, lines, isRead } = basket.current();
  if (own === id) return;
  if ((lines.length > 0 || !isRead) && !(await hasLines(http, id))) {
    toast({ text: 'There is nothing in the basket of this link. Your own basket is as it was.' });
    return;
  }
  const left = await basket.take(id);
  if (left === undefined || !basket.current().earlier.includes(left)) return;
  toast({
    text: 'You now see the shared basket. Yours is kept.',
    action: { label: 'Go back to mine', run: () => void basket.take(left) },
  });
};

const hasLines = async (http: Http, id: string): Promise<boolean> =>
  (await http<Basket>('GET', `/baskets/${id}`)).body.lines.some(({ quantity }) => quantity > 0);
