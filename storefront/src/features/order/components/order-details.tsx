import { orderNumberOf } from '@penstock/domain/ids';
import { timesMoney } from '@penstock/domain/money';
import type { Order } from '@penstock/domain/order';
import { canShopperCancel } from '@penstock/domain/order-states';
import type { AnyOrder } from '#features/order/api/use-order.ts';
import { CancelOrder } from '#features/order/components/cancel-order.tsx';
import { GuestLink } from '#features/order/components/guest-link.tsx';
import type { KeptReceipt } from '#lib/orders/receipts.ts';
import { Price } from '#ui/price.tsx';
import { Slip } from '#ui/slip.tsx';

type Props = { readonly order: AnyOrder; readonly kept: KeptReceipt | undefined };

/** Number, lines, total, where it goes, and what the shopper may do with the order. */
export const OrderDetails = ({ order, kept }: Props) => {
  const isMine = kept !== undefined && order.status !== 'rejected';
  return (
    <section className="ticket" aria-labelledby="ticket-heading">
      <Slip title="Order ticket">
        <h2 id="ticket-heading" className="slip-number">
          Order {orderNumberOf(order.id)}
        </h2>
        {'lines' in order ? <Lines order={order} /> : null}
        {'contact' in order && order.contact !== undefined ? <Destination order={order} /> : null}
      </Slip>
      <div className="ticket-actions">
        <button type="button" className="button" onClick={() => window.print()}>
          Print
        </button>
        {kept === undefined ? null : <GuestLink orderId={order.id} receipt={kept.receipt} />}
        {isMine && canShopperCancel(order.status) ? <CancelOrder id={order.id} receipt={kept.receipt} /> : null}
      </div>
    </section>
  );
};

const Lines = ({ order }: { readonly order: Order }) => (
  <>
    <ul>
      {order.lines.map((line) => (
        <li key={line.productId} className="summary-line">
          <span>
            {line.quantity} × <bdi>{line.name ?? line.productId}</bdi>
          </span>
          <Price money={timesMoney(line.unitPrice, line.quantity)} />
        </li>
      ))}
    </ul>
    <p className="basket-sum">
      <span>Total</span>{' '}
      <strong>
        <Price money={order.total} />
      </strong>
    </p>
  </>
);

const Destination = ({ order: { contact, address } }: { readonly order: Order }) => (
  <address>
    {[
      ['name', contact?.name],
      ['line 1', address?.line1],
      ['line 2', address?.line2],
      ['city', address?.city],
      ['postcode', address?.postcode],
      ['country', countryOf(address?.country)],
      ['e-mail', contact?.email],
    ].map(([field, text]) => (text === undefined || text === '' ? null : <bdi key={field}>{text}</bdi>))}
  </address>
);

const regions = new Intl.DisplayNames('en-GB', { type: 'region' });
const countryOf = (code: string | undefined): string | undefined => (code === undefined ? undefined : regions.of(code));
