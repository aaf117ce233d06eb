import { Typography } from '@mui/material';
import type { StaffProduct } from '@penstock/domain/product';
import { useState } from 'react';
import {
  Button,
  DeleteWithConfirmButton,
  Edit,
  HttpError,
  NumberInput,
  SaveButton,
  SimpleForm,
  TextInput,
  Toolbar,
  useNotify,
  useRecordContext,
  useUpdate,
} from 'react-admin';
import { ConflictNotice } from '#products/conflict-notice.tsx';
import { ProductFields } from '#products/product-fields.tsx';

type Form = StaffProduct & { readonly stockDelta?: number | null; readonly stockReason?: string | null };

/** Stock is never set: what the form sends is the change and why (E2). */
const toEdit = ({ stockDelta, stockReason, stock: _stock, ...record }: Form) => ({
  ...record,
  ...(stockDelta ? { stockChange: { delta: stockDelta, reason: stockReason ?? '' } } : {}),
});

/** Edits a product against the version that was seen; a conflict shows both states and loses nothing. */
export const ProductEdit = () => {
  const notify = useNotify();
  const [current, setCurrent] = useState<StaffProduct | undefined>();
  const onError = (error: unknown) => {
    if (error instanceof HttpError && error.status === 409)
      setCurrent((error.body as { current?: StaffProduct }).current);
    else notify(error instanceof Error ? error.message : 'The change was not saved.', { type: 'error' });
  };
  return (
    <Edit
      mutationMode="pessimistic"
      redirect="list"
      transform={toEdit}
      mutationOptions={{ onError }}
      queryOptions={{ refetchOnWindowFocus: false }}
    >
      <SimpleForm toolbar={<EditToolbar />} warnWhenUnsavedChanges>
        {current !== undefined && <ConflictNotice current={current} onDone={() => setCurrent(undefined)} />}
        <StockNow />
        <ProductFields />
        <NumberInput
          source="stockDelta"
          label="Change the stock by"
          helperText="5 adds five, -2 takes two away."
          step={1}
        />
        <TextInput source="stockReason" label="Reason of the stock change" />
      </SimpleForm>
    </Edit>
  );
};

const StockNow = () => {
  const record = useRecordContext<StaffProduct>();
  return (
    <Typography aria-live="polite" sx={{ mb: 1 }}>
      In stock now: {record?.stock.available ?? 0}
      {record?.archived === true ? '. Archived: not on sale.' : ''}
    </Typography>
  );
};

const EditToolbar = () => {
  const record = useRecordContext<StaffProduct>();
  return (
    <Toolbar sx={{ justifyContent: 'space-between' }}>
      <SaveButton alwaysEnable={false} />
      {record?.archived === true ? (
        <RestoreButton record={record} />
      ) : (
        <DeleteWithConfirmButton
          label="Archive"
          confirmTitle="Archive this product?"
          confirmContent="It leaves the shop. Orders keep it, and you can put it back on sale."
          mutationMode="pessimistic"
          successMessage="Archived"
        />
      )}
    </Toolbar>
  );
};

const RestoreButton = ({ record }: { readonly record: StaffProduct }) => {
  const [update, { isPending }] = useUpdate<StaffProduct>();
  const notify = useNotify();
  const restore = () =>
    update(
      'products',
      { id: record.id, data: { version: record.version, archived: false }, previousData: record },
      { onSuccess: () => notify('Back on sale'), onError: (error) => notify(error.message, { type: 'error' }) },
    );
  return <Button label="Put back on sale" onClick={restore} disabled={isPending} />;
};
