import { Button, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { keepStaffName } from '#staff-name/keep-staff-name.ts';
import { readStaffName } from '#staff-name/staff-name.ts';

/** Asks for the name once a browser. */
export const StaffNameForm = ({ onNamed }: { readonly onNamed: (name: string) => void }) => {
  const [name, setName] = useState('');
  const [fault, setFault] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const refusal = keepStaffName(name);
    setFault(refusal ?? '');
    if (refusal === undefined) onNamed(readStaffName());
  };
  return (
    <Stack component="main" sx={{ maxWidth: 420, mx: 'auto', p: 3, pt: 8 }} spacing={2}>
      <Typography component="h1" variant="h4">
        Weirhouse back office
      </Typography>
      <Typography>
        There are no accounts here. Your name is written beside what you change, so that others can ask.
      </Typography>
      <Stack component="form" spacing={2} onSubmit={submit} noValidate>
        <TextField
          label="Your name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fault !== ''}
          helperText={fault}
          autoComplete="name"
          autoFocus
        />
        <Button type="submit" variant="contained">
          Continue
        </Button>
      </Stack>
    </Stack>
  );
};
