import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material';
import { limits } from '@penstock/domain/limits';
import { lengthOf } from '@penstock/domain/text-length';
import { type FormEvent, useId, useRef, useState } from 'react';
import { type Chosen, type Settlement, useSettle } from '#dead-letters/use-settle.ts';
import { focusHeading } from '#frame/page-heading.tsx';

const words: Readonly<Record<Settlement, { readonly verb: string; readonly says: string }>> = {
  redrive: {
    verb: 'Send again',
    says: "It goes through its queue once more and is decided by today's prices and stock. Sent twice, it counts once.",
  },
  discard: {
    verb: 'Discard',
    says: 'It will not be worked any more. Of an order, the shopper reads that it was refused. This cannot be undone.',
  },
};

const reasonMax = limits.letterReasonMax;

type SettleButtonProps = {
  readonly what: Settlement;
  readonly chosen: Chosen;
  /** What it is about, for the title: "3 letters". */
  readonly subject: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly onDone?: () => void;
};

/** A button that asks for the reason, which is kept with the letter. */
export const SettleButton = ({ what, chosen, subject, label, disabled = false, onDone }: SettleButtonProps) => {
  const { verb, says } = words[what];
  const { settle, isPending } = useSettle();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const titleId = useId();
  const isDone = useRef(false);
  const tooLong = lengthOf(reason.trim()) - reasonMax;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (tooLong > 0) return;
    if (!(await settle(what, chosen, reason.trim()))) return;
    isDone.current = true;
    setOpen(false);
    setReason('');
    onDone?.();
  };
  // What is settled has no buttons any more: the focus would fall out of the page.
  const afterwards = () => {
    if (isDone.current) focusHeading();
    isDone.current = false;
  };

  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color={what === 'discard' ? 'warning' : 'primary'}
        disabled={disabled || isPending}
        onClick={() => setOpen(true)}
      >
        {label ?? verb}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        aria-labelledby={titleId}
        fullWidth
        maxWidth="sm"
        slotProps={{ transition: { onExited: afterwards } }}
      >
        <form onSubmit={submit}>
          <DialogTitle id={titleId}>
            {label ?? verb}: {subject}
          </DialogTitle>
          <DialogContent>
            <DialogContentText sx={{ mb: 2 }}>{says}</DialogContentText>
            <TextField
              autoFocus
              required
              fullWidth
              label="Reason"
              error={tooLong > 0}
              helperText={
                tooLong > 0
                  ? `The reason has at most ${reasonMax} characters. Take away ${tooLong}.`
                  : `Kept with the letter and in the activity list. At most ${reasonMax} characters.`
              }
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Leave it</Button>
            <Button type="submit" disabled={reason.trim() === '' || tooLong > 0 || isPending} variant="contained">
              {verb}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
};
