import { TextField } from '@mui/material';
import { useInput } from 'react-admin';
import { dayEnd, dayStart, dayText } from '#lists/days.ts';

type DayFilterProps = { readonly source: string; readonly label: string; readonly edge: 'start' | 'end' };

/** A day, all of it: the API is asked by the time at which it begins or ends for the reader. */
export const DayFilter = ({ source, label, edge }: DayFilterProps) => {
  const { field, id } = useInput({ source });
  const timeOf = edge === 'start' ? dayStart : dayEnd;
  return (
    <TextField
      id={id}
      name={source}
      type="date"
      label={label}
      size="small"
      value={dayText(String(field.value ?? ''))}
      onChange={({ target }) => field.onChange(timeOf(target.value) ?? '')}
      onBlur={field.onBlur}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
};
