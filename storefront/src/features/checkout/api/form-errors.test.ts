import { describe, expect, it } from 'vitest';
import { emptyValues } from '#features/checkout/api/checkout-fields.ts';
import { formErrorsOf, hasErrors, noErrors } from '#features/checkout/api/form-errors.ts';
import { pathErrorsOf } from '#features/checkout/api/validate.ts';

const filled = {
  ...emptyValues,
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  line1: '1 Weir Lane',
  city: 'Leeds',
  postcode: 'LS1 1AA',
};

describe('the faults of the checkout', () => {
  it('stand at their field, their line, or above the form; none is lost', () => {
    const errors = formErrorsOf({
      'address.postcode': 'Enter the postcode.',
      'contact.email': 'Enter an e-mail address.',
      'lines.2.quantity': 'Order 1 to 99.',
      'lines.0': 'Twice.',
      basketId: 'Not an id.',
    });
    expect(errors).toEqual({
      fields: { postcode: 'Enter the postcode.', email: 'Enter an e-mail address.' },
      lines: [
        { index: 2, text: 'Order 1 to 99.' },
        { index: 0, text: 'Twice.' },
      ],
      other: ['Not an id.'],
    });
  });

  it('say the detail when no field is named', () => {
    expect(formErrorsOf({}, 'The body is over 64 KiB.').other).toEqual(['The body is over 64 KiB.']);
    expect(hasErrors(noErrors)).toBe(false);
  });

  it('are found by the schemas of the API, under the paths of its 422', () => {
    expect(pathErrorsOf(filled)).toEqual({});
    expect(formErrorsOf(pathErrorsOf(emptyValues)).fields).toEqual({
      name: 'Enter your name.',
      email: 'Enter an e-mail address such as name@example.com.',
      line1: 'Enter the first line of the address.',
      city: 'Enter the town or city.',
      postcode: 'Enter the postcode.',
    });
  });
});
