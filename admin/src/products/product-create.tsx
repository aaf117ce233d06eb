import { useCallback, useMemo } from 'react';
import { Create, TextInput } from 'react-admin';
import { useConfig } from '#config-context.ts';
import { resolverOf } from '#forms/form-faults.ts';
import { OfficeForm } from '#forms/office-form.tsx';
import { keepText, ProductFields } from '#products/product-fields.tsx';
import { createFaults, type ProductForm, productField, productLabel, toCreate } from '#products/product-form.ts';

/** A new product: its opening stock is the first entry of the ledger (E2). */
export const ProductCreate = () => {
  const { currency } = useConfig();
  const resolver = useMemo(() => resolverOf((form: ProductForm) => createFaults(form, currency)), [currency]);
  const toBody = useCallback((form: ProductForm) => toCreate(form, currency), [currency]);
  return (
    <Create title="New product" redirect="list" mutationMode="pessimistic" mutationOptions={{ networkMode: 'always' }}>
      <OfficeForm resolver={resolver} toBody={toBody} fieldOf={productField} labelOf={productLabel}>
        <ProductFields />
        <TextInput
          source="stockChange.delta"
          label="Opening stock"
          inputMode="numeric"
          autoComplete="off"
          parse={keepText}
        />
        <TextInput
          source="id"
          label="Id"
          helperText="Part of the product's address in the shop, for good. Left empty, it is made from the name."
          parse={keepText}
        />
      </OfficeForm>
    </Create>
  );
};
