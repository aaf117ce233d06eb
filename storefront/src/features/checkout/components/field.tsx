import type { FocusEvent } from 'react';
import { type CheckoutField, fieldId } from '#features/checkout/api/checkout-fields.ts';
import { countries } from '#features/checkout/api/countries.ts';

type Props = {
  readonly field: CheckoutField;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
};

/**
 * An input of type email gives a domain in other letters as `xn--…`: an address that the shopper never typed. So the keyboard
 * of an address is asked for without it.
 */
const typing = {
  text: { type: 'text' },
  email: { type: 'text', inputMode: 'email', autoCapitalize: 'none', spellCheck: false },
} as const;

/** A labelled control with its fault below it. */
export const Field = ({ field, value, error, onChange, onLeave }: Props) => {
  const id = fieldId(field.name);
  const errorId = `${id}-error`;
  const shared = {
    id,
    value,
    name: field.name,
    autoComplete: field.autoComplete,
    'aria-invalid': error !== undefined,
    'aria-describedby': error === undefined ? undefined : errorId,
    onBlur: (event: FocusEvent<HTMLElement>) => {
      // Pressing the submit button checks everything; a fault that appears under the pointer would move the button away.
      const next = event.relatedTarget;
      if (!(next instanceof HTMLButtonElement && next.type === 'submit')) onLeave();
    },
  };
  return (
    <div className="field">
      <label htmlFor={id}>{field.label}</label>
      {field.type === 'select' ? (
        <select {...shared} onChange={(event) => onChange(event.target.value)}>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} {...typing[field.type]} onChange={(event) => onChange(event.target.value)} />
      )}
      {error === undefined ? null : (
        <p className="field-error" id={errorId}>
          {error}
        </p>
      )}
    </div>
  );
};
