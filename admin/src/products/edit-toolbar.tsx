import type { StaffProduct } from '@penstock/domain/product';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Confirm, SaveButton, Toolbar, useDataProvider, useNotify } from 'react-admin';
import { useFormState } from 'react-hook-form';

type EditToolbarProps = {
  readonly live: StaffProduct;
  /** Hears how an act of this page left the product. */
  readonly onOwnChange: (product: StaffProduct) => void;
};

export const EditToolbar = ({ live, onOwnChange }: EditToolbarProps) => (
  <Toolbar sx={{ justifyContent: 'space-between' }}>
    <SaveButton />
    {live.archived ? (
      <RestoreButton live={live} onOwnChange={onOwnChange} />
    ) : (
      <ArchiveButton live={live} onOwnChange={onOwnChange} />
    )}
  </Toolbar>
);

/** Archiving says nothing about the form: what is typed stays, and can be saved after it. */
const ArchiveButton = ({ live, onOwnChange }: EditToolbarProps) => {
  const { isDirty } = useFormState();
  const [isAsking, setAsking] = useState(false);
  const dataProvider = useDataProvider();
  const { mutate, isPending } = useOwnChange(
    'products.archived',
    async () => (await dataProvider.delete<StaffProduct>('products', { id: live.id, previousData: live })).data,
    onOwnChange,
  );
  const archive = () => {
    setAsking(false);
    mutate();
  };
  return (
    <>
      <Button label="Archive" color="error" onClick={() => setAsking(true)} disabled={isPending} />
      <Confirm
        isOpen={isAsking}
        title="Archive this product?"
        content={`It leaves the shop. Orders keep it, and you can put it back on sale.${
          isDirty ? ' What you typed is not saved by this and stays in the form.' : ''
        }`}
        confirm="Archive it"
        cancel="Keep it"
        onConfirm={archive}
        onClose={() => setAsking(false)}
      />
    </>
  );
};

const RestoreButton = ({ live, onOwnChange }: EditToolbarProps) => {
  const dataProvider = useDataProvider();
  const { mutate, isPending } = useOwnChange(
    'products.restored',
    async () => {
      const data = { version: live.version, archived: false };
      return (await dataProvider.update<StaffProduct>('products', { id: live.id, data, previousData: live })).data;
    },
    onOwnChange,
  );
  return <Button label="Put back on sale" onClick={() => mutate()} disabled={isPending} />;
};

/** An act on the product beside its form. */
const useOwnChange = (
  words: string,
  act: () => Promise<StaffProduct>,
  onOwnChange: (product: StaffProduct) => void,
) => {
  const notify = useNotify();
  const queryClient = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: act,
    onSuccess: (product) => {
      onOwnChange(product);
      notify(words);
      return queryClient.invalidateQueries({ queryKey: ['products'] });
    },
    onError: (fault) => notify(fault.message, { type: 'error' }),
  });
};
