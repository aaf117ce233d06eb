import { SelectInput, TextInput } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { PicturesInput } from '#pictures/pictures-input.tsx';
import { categoryChoices } from '#products/category-choices.ts';
import { PriceInput } from '#products/price-input.tsx';

/** An emptied field is an empty text: react-admin would make it null, which no rule of a text takes. */
export const keepText = (text: string): string => text;

/** The fields that making and editing a product share. */
export const ProductFields = () => {
  const name = useWatch({ name: 'name' }) as string | undefined;
  const category = useWatch({ name: 'category' }) as string | undefined;
  return (
    <>
      <TextInput source="name" label="Name" parse={keepText} isRequired />
      <SelectInput source="category" label="Category" choices={categoryChoices(category ?? undefined)} isRequired />
      <PriceInput source="price.amountMinor" label="Price" isRequired />
      <TextInput source="description" label="Description" parse={keepText} multiline minRows={4} />
      <PicturesInput defaultAlt={name ?? ''} />
    </>
  );
};
