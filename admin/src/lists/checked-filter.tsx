import { TextField } from '@mui/material';
import { useState } from 'react';
import { useInput } from 'react-admin';

type CheckedFilterProps = {
  readonly source: string;
  readonly label: string;
  /** Read by the form of the filters: this one is always there. */
  readonly alwaysOn?: boolean;
  /** The value to ask for; undefined while what is typed is none yet. */
  readonly read: (text: string) => string | undefined;
  /** What to type, while it is none. */
  readonly hint: string;
};

/** A filter that asks for whole values alone: a part would be refused, or read as "no such order". It says what is missing. */
export const CheckedFilter = ({ source, label, read, hint }: CheckedFilterProps) => {
  const { field, id } = useInput({ source });
  const [typed, setTyped] = useState('');
  const value = String(field.value ?? '');
  // What was typed stands until the filter is set from elsewhere: cleared, or by a link.
  const shown = (read(typed) ?? '') === value ? typed : value;
  const isPart = shown.trim() !== '' && read(shown) === undefined;
  return (
    <TextField
      id={id}
      name={source}
      label={label}
      size="small"
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value);
        field.onChange(read(target.value) ?? '');
      }}
      onBlur={field.onBlur}
      helperText={isPart ? hint : ' '}
      slotProps={{ formHelperText: { role: 'status' } }}
      autoComplete="off"
    />
  );
};
