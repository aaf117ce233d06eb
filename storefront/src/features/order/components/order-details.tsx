import { orderNumberOf } from '@penstock/domain/ids';
import type { Address, Contact } from '@penstock/domain/order';
import { canShopperCancel } from '@penstock/domain/order-states';
import type { AnyOrder } from '#features/order/api/use-order.ts';
import { CancelOrder } from '#features/order/components/cancel-order.tsx';
import { GuestLink } from '#features/order/components/guest-link.tsx';
import { OrderLines } from '#features/order/components/order-lines.tsx';
import { totalOfLines } from '#lib/orders/my-orders.ts';
import { type KeptReceipt, waitingCancel } from '#lib/orders/receipts.ts';
import { spokenTime } from '#lib/text/format.ts';
import { Slip } from '#ui/slip.tsx';

type Props = { readonly order: AnyOrder; readonly kept: KeptReceipt | undefined };

/** Number, lines, total, where it goes, and what the shopper may do with the order: from the shop, or as kept until it answers. */
export const OrderDetails = ({ order, kept }: Props) => {
  const isMine = kept !== undefined && order.status !== 'rejected';
  const { lines, total, contact, address } = ticketOf(order, kept);
  return (
    <section className="ticket" aria-labelledby="ticket-heading">
      <Slip title="Order ticket">
        <h2 id="ticket-heading" className="slip-number">
          Order {orderNumberOf(order.id)}
        </h2>
        {kept?.acceptedAt === undefined ? null : (
          <p className="small">
            Accepted <time dateTime={kept.acceptedAt}>{spokenTime(kept.acceptedAt)}</time>
          </p>
        )}
        {lines.length === 0 ? null : <OrderLines lines={lines} total={total} />}
        {contact === undefined ? null : <Destination contact={contact} address={address} />}
      </Slip>
      <div className="ticket-actions">
        <button type="button" className="button" onClick={() => window.print()}>
          Print
        </button>
        {kept === undefined ? null : <GuestLink orderId={order.id} receipt={kept.receipt} />}
        {isMine && canShopperCancel(order.status) ? (
          <CancelOrder id={order.id} receipt={kept.receipt} askedAt={waitingCancel(order, kept)} />
        ) : null}
        {isMine && order.status === 'accepted' ? (
          <p className="small">It can be cancelled as soon as it is placed.</p>
        ) : null}
      </div>
    </section>
  );
};

const ticketOf = (order: AnyOrder, kept: KeptReceipt | undefined) => {
  if ('lines' in order)
    return {
      lines: order.lines,
      total: order.total,
      contact: order.contact ?? kept?.contact,
      address: order.address ?? kept?.address,
    };
  // A receipt of another body: what is kept was not ordered (A4).
  if (!('rev' in order)) return { lines: [], total: undefined, contact: undefined, address: undefined };
  const lines = kept?.lines ?? [];
  return { lines, total: totalOfLines(lines), contact: kept?.contact, address: kept?.address };
};

const Destination = ({ contact, address }: { readonly contact: Contact; readonly address: Address | undefined }) => (
  <address>
    {[
      ['name', contact.name],
      ['line 1', address?.line1],
      ['line 2', address?.line2],
      ['city', address?.city],
      ['postcode', address?.postcode],
      ['country', countryOf(address?.country)],
      ['e-mail', contact.email],
    ].map(([field, text]) => (text === undefined || text === '' ? null : <bdi key={field}>{text}</bdi>))}
  </address>
);

const regions = new Intl.DisplayNames('en-GB', { type: 'region' });
const countryOf = (code: string | undefined): string | undefined => (code === undefined ? undefined : regions.of(code));
