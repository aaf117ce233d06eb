/** The fields of the checkout, in the order of the page. `path` is where the API names a fault of the field. */
export const checkoutFields = [
  { name: 'name', path: 'contact.name', label: 'Name', autoComplete: 'name', type: 'text' },
  { name: 'email', path: 'contact.email', label: 'E-mail', autoComplete: 'email', type: 'email' },
  { name: 'line1', path: 'address.line1', label: 'Address line 1', autoComplete: 'address-line1', type: 'text' },
  {
    name: 'line2',
    path: 'address.line2',
    label: 'Address line 2 (optional)',
    autoComplete: 'address-line2',
    type: 'text',
  },
  { name: 'city', path: 'address.city', label: 'Town or city', autoComplete: 'address-level2', type: 'text' },
  { name: 'postcode', path: 'address.postcode', label: 'Postcode', autoComplete: 'postal-code', type: 'text' },
  { name: 'country', path: 'address.country', label: 'Country', autoComplete: 'country', type: 'select' },
] as const;

export type CheckoutField = (typeof checkoutFields)[number];
export type FieldName = CheckoutField['name'];
export type CheckoutValues = Readonly<Record<FieldName, string>>;
export type FieldErrors = Readonly<Partial<Record<FieldName, string>>>;

export const emptyValues: CheckoutValues = {
  name: '',
  email: '',
  line1: '',
  line2: '',
  city: '',
  postcode: '',
  country: 'GB',
};

/** What is kept of the form, without what is no field or no text. */
export const valuesFrom = (kept: Readonly<Partial<Record<FieldName, string | undefined>>>): CheckoutValues => ({
  name: kept.name ?? '',
  email: kept.email ?? '',
  line1: kept.line1 ?? '',
  line2: kept.line2 ?? '',
  city: kept.city ?? '',
  postcode: kept.postcode ?? '',
  country: kept.country ?? emptyValues.country,
});

/** The id of a field's control: error summaries link to it. */
export const fieldId = (name: FieldName): string => `checkout-${name}`;
