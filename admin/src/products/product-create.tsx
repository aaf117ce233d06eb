import { Create, NumberInput, SimpleForm } from 'react-admin';
import { useConfig } from '#config-context.ts';
import { ProductFields } from '#products/product-fields.tsx';

type Draft = { readonly openingStock?: number; readonly price?: { readonly amountMinor?: number } } & Record<
  string,
  unknown
>;

/** A new product: its opening stock is the first entry of the ledger (E2). */
export const ProductCreate = () => {
  const { currency } = useConfig();
  const transform = ({ openingStock, ...draft }: Draft) => ({
    ...draft,
    price: { amountMinor: draft.price?.amountMinor, currency },
    ...(openingStock ? { stockChange: { delta: openingStock, reason: 'opening stock' } } : {}),
  });
  return (
    <Create title="New product" redirect="list" transform={transform} mutationMode="pessimistic">
      <SimpleForm>
        <ProductFields />
        <NumberInput source="openingStock" label="Opening stock" min={0} step={1} />
      </SimpleForm>
    </Create>
  );
};
