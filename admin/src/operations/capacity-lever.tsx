import { Button, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useLever } from '#operations/use-lever.ts';

type CapacityLeverProps = { readonly table: string; readonly writePerSecond: number };

/** The capacity of a table, to be moved. It follows the meter until somebody types. */
export const CapacityLever = ({ table, writePerSecond }: CapacityLeverProps) => {
  const [typed, setTyped] = useState<string>();
  const { pull, isPending } = useLever();
  const wanted = Number(typed);
  const isOrder = typed !== undefined && /^\d+$/.test(typed) && wanted >= 1 && wanted <= 40_000;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isOrder) return;
    const done = await pull('capacity', { table, writePerSecond: wanted }, `${table}: ${wanted} WCU/s.`);
    // What was typed meanwhile stays.
    if (done) setTyped((now) => (now === typed ? undefined : now));
  };

  return (
    <Stack component="form" direction="row" spacing={1} onSubmit={submit} sx={{ justifyContent: 'flex-end' }}>
      <TextField
        size="small"
        margin="none"
        sx={{ width: '12ch' }}
        value={typed ?? String(writePerSecond)}
        onChange={({ target }) => setTyped(target.value)}
        error={typed !== undefined && !isOrder}
        slotProps={{
          htmlInput: {
            'aria-label': `Capacity of ${table}, WCU a second`,
            inputMode: 'numeric',
            style: { textAlign: 'right', paddingBlock: 4 },
          },
        }}
      />
      <Button type="submit" size="small" disabled={!isOrder || wanted === writePerSecond || isPending}>
        Set
      </Button>
    </Stack>
  );
};
