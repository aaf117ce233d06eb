import { useState } from 'react';
import { TextInput, type TextInputProps } from 'react-admin';
import { useConfig } from '#config-context.ts';
import { readPrice, toMajor } from '#products/price-units.ts';

type PriceInputProps = TextInputProps & {
  /** A filter asks for nothing while its price cannot be read; a form keeps the text, and its rules refuse it in words. */
  readonly asFilter?: boolean;
};

/**
 * A price as it is typed, with a comma or a point. The form holds minor units where it can be read, else the text itself:
 * nothing is rewritten under the fingers, and no wheel turns it.
 */
export const PriceInput = ({ label, asFilter = false, ...props }: PriceInputProps) => {
  const { currency } = useConfig();
  const [typed, setTyped] = useState('');
  const read = (text: string): number | string => {
    const price = readPrice(text, currency);
    if ('minor' in price) return price.minor;
    return asFilter ? '' : text;
  };
  const shown = (value: unknown): string => {
    if (typed !== '' && read(typed) === (value ?? '')) return typed;
    return typeof value === 'string' ? value : toMajor(value, currency);
  };
  return (
    <TextInput
      {...props}
      label={`${String(label)} (${currency})`}
      inputMode="decimal"
      autoComplete="off"
      format={shown}
      parse={(text: string) => {
        setTyped(text);
        return read(text);
      }}
    />
  );
};
