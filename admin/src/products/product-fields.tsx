import { NumberInput, required, SelectInput, TextInput } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { useConfig } from '#config-context.ts';
import { PicturesInput } from '#pictures/pictures-input.tsx';
import { categoryChoices } from '#products/category-choices.ts';
import { toMajor, toMinor } from '#products/price-units.ts';

/** The fields that making and editing a product share. */
export const ProductFields = () => {
  const { currency } = useConfig();
  const name = useWatch({ name: 'name' }) as string | undefined;
  const category = useWatch({ name: 'category' }) as string | undefined;
  return (
    <>
      <TextInput source="name" label="Name" validate={required('Give the product a name.')} />
      <SelectInput
        source="category"
        label="Category"
        choices={categoryChoices(category)}
        validate={required('Give a category.')}
      />
      <NumberInput
        source="price.amountMinor"
        label={`Price (${currency})`}
        min={0}
        step={0.01}
        format={toMajor}
        parse={toMinor}
        validate={required('Give a price.')}
      />
      <TextInput source="description" label="Description" multiline minRows={4} />
      <PicturesInput source="images" defaultAlt={name ?? ''} />
    </>
  );
};
