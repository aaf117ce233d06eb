import { Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { StaffBasket } from '@penstock/domain/admin';
import { ReferenceField, Show, useRecordContext } from 'react-admin';
import { ClearBasket } from '#baskets/clear-basket.tsx';
import { useRecordQuery } from '#forms/use-record-query.ts';
import { anyText, timeText } from '#times.ts';

export const BasketShow = () => (
  <Show<StaffBasket> actions={false} title={<BasketTitle />} queryOptions={useRecordQuery()}>
    <BasketPage />
  </Show>
);

const BasketTitle = () => {
  const basket = useRecordContext<StaffBasket>();
  return basket === undefined ? null : `Basket ${basket.id.slice(0, 6)}…`;
};

const BasketPage = () => {
  const basket = useRecordContext<StaffBasket>();
  if (basket === undefined) return null;
  const lines = basket.lines.filter((line) => line.quantity > 0);
  return (
    <Stack spacing={2} sx={{ p: 2 }}>
      {lines.length === 0 ? (
        <Typography>The basket is empty.</Typography>
      ) : (
        <Table size="small" aria-label="Lines">
          <TableHead>
            <TableRow>
              <TableCell>Product</TableCell>
              <TableCell align="right">Units</TableCell>
              <TableCell>Last edit</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {lines.map((line) => (
              <TableRow key={line.productId}>
                <TableCell sx={anyText}>
                  <ReferenceField record={line} source="productId" reference="products" />
                  {line.unavailable === true ? ' (archived)' : ''}
                </TableCell>
                <TableCell align="right">{line.quantity}</TableCell>
                <TableCell>{timeText(line.stamp.wallMs)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <ClearBasket basket={basket} isEmpty={lines.length === 0} />
    </Stack>
  );
};
