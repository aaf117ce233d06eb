import { useNavigate } from 'react-router';
import { clearDraft } from '#features/checkout/api/draft.ts';
import { useAttempt } from '#features/checkout/api/use-attempt.ts';
import { CheckoutForm } from '#features/checkout/components/checkout-form.tsx';
import { Sending } from '#features/checkout/components/sending.tsx';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useBasketRows } from '#lib/basket/use-basket-rows.ts';
import { guestLink } from '#lib/orders/receipts.ts';
import { EmptyBasket } from '#ui/empty-basket.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import './checkout.css';

/** One page, no account: who, where to, what. An order that is not yet accepted stands in place of the form. */
export const CheckoutPage = () => {
  const { id } = useBasket();
  const rows = useBasketRows();
  const navigate = useNavigate();
  const attempt = useAttempt(id, ({ order }) => {
    if (order === undefined) return;
    clearDraft();
    void navigate(guestLink('', order.id, order.receipt), { replace: true });
  });
  return (
    <div className="checkout">
      <PageHeading title="Check out">Check out</PageHeading>
      {attempt?.state === 'sending' ? (
        <Sending attempt={attempt} />
      ) : id === undefined || rows.length === 0 ? (
        <EmptyBasket />
      ) : (
        <CheckoutForm key={attempt?.begunId ?? 'new'} basketId={id} rows={rows} problem={attempt?.problem} />
      )}
    </div>
  );
};
