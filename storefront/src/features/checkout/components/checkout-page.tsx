import { useNavigate } from 'react-router';
import { useAttempt } from '#features/checkout/api/use-attempt.ts';
import { CheckoutForm } from '#features/checkout/components/checkout-form.tsx';
import { Sending } from '#features/checkout/components/sending.tsx';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useBasketRows } from '#lib/basket/use-basket-rows.ts';
import { EmptyBasket } from '#ui/empty-basket.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import './checkout.css';

/** One page, no account: who, where to, what. An order that is not yet accepted stands in place of the form. */
export const CheckoutPage = () => {
  const { id } = useBasket();
  const rows = useBasketRows();
  const navigate = useNavigate();
  const { sending, turnedDown } = useAttempt(id, ({ order }) => {
    if (order !== undefined) void navigate(`/orders/${order.id}`, { replace: true });
  });
  return (
    <div className="checkout">
      <PageHeading title="Check out">Check out</PageHeading>
      {sending !== undefined ? (
        <Sending order={sending} />
      ) : id === undefined || rows.length === 0 ? (
        <EmptyBasket />
      ) : (
        <CheckoutForm key={turnedDown?.key ?? 'new'} basketId={id} rows={rows} turnedDown={turnedDown} />
      )}
    </div>
  );
};
