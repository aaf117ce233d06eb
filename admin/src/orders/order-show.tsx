import { Alert, Divider, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { formatMoney, timesMoney } from '@penstock/domain/money';
import type { StaffOrder } from '@penstock/domain/order';
import type { RejectionReason } from '@penstock/domain/order-states';
import { Link, Show, useRecordContext } from 'react-admin';
import { useRecordQuery } from '#forms/use-record-query.ts';
import { RecordNumber } from '#lists/record-number.tsx';
import { MoveButtons } from '#orders/move-buttons.tsx';
import { actorText, isRefusalNews, reasonWords, statusWords } from '#orders/words.ts';
import { anyText, timeText } from '#times.ts';

export const OrderShow = () => (
  <Show<StaffOrder> actions={false} title={<OrderTitle />} queryOptions={useRecordQuery()}>
    <OrderPage />
  </Show>
);

const OrderTitle = () => {
  const order = useRecordContext<StaffOrder>();
  if (order === undefined) return null;
  return (
    <>
      Order <RecordNumber>{order.number}</RecordNumber>: {statusWords[order.status]}
    </>
  );
};

const OrderPage = () => {
  const order = useRecordContext<StaffOrder>();
  if (order === undefined) return null;
  return (
    <Stack spacing={2} sx={{ p: 2 }}>
      {order.reason !== undefined && <Refusal order={order} reason={order.reason} />}
      {order.refusedMove !== undefined && isRefusalNews(order) && (
        <Alert severity="warning">
          {statusWords[order.refusedMove.status]} was refused at {timeText(order.refusedMove.at)}:{' '}
          {order.refusedMove.reason}
        </Alert>
      )}
      <MoveButtons order={order} />
      <Lines order={order} />
      <Divider />
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={4}>
        <Customer order={order} />
        <Timeline order={order} />
      </Stack>
    </Stack>
  );
};

/** Why the order was refused: of units that were missing, which and how many. */
const Refusal = ({ order, reason }: { readonly order: StaffOrder; readonly reason: RejectionReason }) => {
  const names = new Map(order.lines.map(({ productId, name }) => [productId, name ?? productId]));
  return (
    <Alert severity="info">
      Refused: {reasonWords[reason]}.
      {order.shortLines?.map(({ productId, wanted, available }) => (
        <div key={productId}>
          <Link to={`/products/${productId}`}>{names.get(productId) ?? productId}</Link>: {wanted} wanted,{' '}
          {available === 0 ? 'none' : available} in stock then
        </div>
      ))}
    </Alert>
  );
};

/** The sum under its rule, as on the shopper's ticket. */
const total = { fontWeight: 600, borderTop: '1px solid', borderTopColor: 'text.primary' } as const;

const Lines = ({ order }: { readonly order: StaffOrder }) => (
  <Table size="small" aria-label="Lines">
    <TableHead>
      <TableRow>
        <TableCell>Product</TableCell>
        <TableCell align="right">Units</TableCell>
        <TableCell align="right">Price</TableCell>
        <TableCell align="right">Sum</TableCell>
      </TableRow>
    </TableHead>
    <TableBody>
      {order.lines.map((line) => (
        <TableRow key={line.productId}>
          <TableCell sx={anyText}>
            <Link to={`/products/${line.productId}`}>{line.name ?? line.productId}</Link>
          </TableCell>
          <TableCell align="right">{line.quantity}</TableCell>
          <TableCell align="right">{formatMoney(line.unitPrice)}</TableCell>
          <TableCell align="right">{formatMoney(timesMoney(line.unitPrice, line.quantity))}</TableCell>
        </TableRow>
      ))}
      <TableRow>
        <TableCell colSpan={3} sx={total}>
          Total
        </TableCell>
        <TableCell align="right" sx={total}>
          {formatMoney(order.total)}
        </TableCell>
      </TableRow>
    </TableBody>
  </Table>
);

const regions = new Intl.DisplayNames('en-GB', { type: 'region' });

const Customer = ({ order: { contact, address } }: { readonly order: StaffOrder }) => (
  <section aria-label="Customer">
    <Typography variant="h6" component="h2">
      Customer
    </Typography>
    <Typography component="address" sx={{ fontStyle: 'normal', whiteSpace: 'pre-line' }}>
      {[
        contact?.name,
        contact?.email,
        address?.line1,
        address?.line2,
        `${address?.city ?? ''} ${address?.postcode ?? ''}`,
        address === undefined ? undefined : regions.of(address.country),
      ]
        .filter((line) => line !== undefined && line.trim() !== '')
        .join('\n')}
    </Typography>
  </section>
);

const Timeline = ({ order }: { readonly order: StaffOrder }) => (
  <section aria-label="History">
    <Typography variant="h6" component="h2">
      History
    </Typography>
    <ol style={{ margin: 0, paddingInlineStart: 20 }}>
      {order.timeline.map((entry) => (
        <li key={`${entry.status} ${entry.at}`}>
          {statusWords[entry.status]}, {timeText(entry.at)}
          {entry.by === undefined ? '' : `, by ${actorText(entry.by)}`}
        </li>
      ))}
    </ol>
  </section>
);
