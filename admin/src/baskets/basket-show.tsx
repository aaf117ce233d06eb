import { Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { Basket } from '@penstock/domain/basket';
import { DeleteWithConfirmButton, ReferenceField, Show, useRecordContext } from 'react-admin';
import { timeText } from '#times.ts';

export const BasketShow = () => (
  <Show<Basket> actions={false} title={<BasketTitle />}>
    <BasketPage />
  </Show>
);

const BasketTitle = () => {
  const basket = useRecordContext<Basket>();
  return basket === undefined ? null : `Basket ${basket.id.slice(0, 6)}…`;
};

const BasketPage = () => {
  const basket = useRecordContext<Basket>();
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
                <TableCell>
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
      <div>
        <DeleteWithConfirmButton
          label="Clear basket"
          confirmTitle="Clear this basket?"
          confirmContent="Every line is removed. The shopper sees it at once; later edits of theirs stay."
          mutationMode="pessimistic"
          successMessage="Taken: the basket is cleared in a moment"
        />
      </div>
    </Stack>
  );
};
