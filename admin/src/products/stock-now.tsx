import { Typography } from '@mui/material';
import type { StaffProduct } from '@penstock/domain/product';

/** The stock as it is, beside a form that keeps still. */
export const StockNow = ({ product: { stock, archived } }: { readonly product: StaffProduct }) => (
  <Typography aria-live="polite" sx={{ mb: 1 }}>
    In stock now: {stock.available}
    {archived ? '. Archived: not on sale.' : ''}
  </Typography>
);
