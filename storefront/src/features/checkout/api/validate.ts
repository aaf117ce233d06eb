import { addressSchema, contactSchema } from '@penstock/domain/order';
import { fieldErrorsOf, violationsOf } from '@penstock/domain/problems';
import type { CheckoutValues } from '#features/checkout/api/checkout-fields.ts';
import { contactAndAddress } from '#features/checkout/api/order-body.ts';

/**
 * What is wrong with the form, by the very schemas of the API, as dotted paths like those of a 422. This module brings
 * zod: import it lazily.
 */
export const pathErrorsOf = (values: CheckoutValues): Readonly<Record<string, string>> => {
  const { contact, address } = contactAndAddress(values);
  const errors = { contact: contactSchema.safeParse(contact).error, address: addressSchema.safeParse(address).error };
  return Object.fromEntries(
    Object.entries(errors).flatMap(([part, error]) =>
      error === undefined
        ? []
        : Object.entries(fieldErrorsOf(violationsOf(error))).map(([path, text]) => [`${part}.${path}`, text]),
    ),
  );
};
