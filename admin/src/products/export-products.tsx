import type { StaffProduct } from '@penstock/domain/product';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, downloadCSV, useDataProvider, useListContext, useNotify } from 'react-admin';
import { readAll } from '#export/read-all.ts';
import { productColumns, productRow } from '#products/product-rows.ts';

/** Writes every product that the list is narrowed to into a file, however many they are. */
export const ExportProducts = () => {
  const { filterValues, sort } = useListContext<StaffProduct>();
  const dataProvider = useDataProvider();
  const notify = useNotify();
  const [progress, setProgress] = useState('');
  const { mutate, isPending } = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const [{ toCsv }, products] = await Promise.all([
        import('#export/csv.ts'),
        readAll<StaffProduct>(dataProvider, 'products', { filter: filterValues, sort }, (read, total) =>
          setProgress(`Exporting ${read} of ${Math.max(read, total)}`),
        ),
      ]);
      downloadCSV(toCsv(products.map(productRow), productColumns), 'products');
      return products.length;
    },
    onSuccess: (count) => notify(`Exported: ${count} ${count === 1 ? 'product' : 'products'}`),
    onError: (fault) => notify(`Nothing was exported. ${fault.message}`, { type: 'error' }),
    onSettled: () => setProgress(''),
  });
  return <Button label={progress === '' ? 'Export' : progress} onClick={() => mutate()} disabled={isPending} />;
};
