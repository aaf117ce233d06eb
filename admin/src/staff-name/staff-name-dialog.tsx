import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { keepStaffName } from '#staff-name/keep-staff-name.ts';

type StaffNameDialogProps = { readonly name: string; readonly onChanged: () => void; readonly onClose: () => void };

/** Asks for another name. The page under it stays, with whatever was typed into it. */
export const StaffNameDialog = ({ name, onChanged, onClose }: StaffNameDialogProps) => {
  const [typed, setTyped] = useState(name);
  const [fault, setFault] = useState('');
  const titleId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog may be the child of a form in React's eyes.
    event.stopPropagation();
    const refusal = keepStaffName(typed);
    if (refusal === undefined) onChanged();
    else setFault(refusal);
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={titleId}>Change the name</DialogTitle>
        <DialogContent>
          <TextField
            autoFocus
            label="Your name"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            error={fault !== ''}
            helperText={fault || 'It is written beside what you change from now on.'}
            autoComplete="name"
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" variant="contained">
            Change
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
