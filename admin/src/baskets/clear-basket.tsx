import { Alert, Button, Typography } from '@mui/material';
import type { StaffBasket } from '@penstock/domain/admin';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Confirm, Link, useDataProvider, useNotify } from 'react-admin';
import { timeText } from '#times.ts';

type ClearBasketProps = { readonly basket: StaffBasket; readonly isEmpty: boolean };

/** Empties a basket. The clear goes through its queue: until the basket has it, it is shown as waiting, to everybody. */
export const ClearBasket = ({ basket, isEmpty }: ClearBasketProps) => {
  const { id, pending } = basket;
  const dataProvider = useDataProvider();
  const queryClient = useQueryClient();
  const notify = useNotify();
  const [confirming, setConfirming] = useState(false);
  const status = useRef<HTMLDivElement>(null);
  const { mutate, isPending } = useMutation({
    mutationFn: () => dataProvider.delete('baskets', { id, previousData: basket }),
    onError: (error) => notify(error.message, { type: 'error' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['baskets'] }),
  });
  const clear = () => {
    setConfirming(false);
    mutate();
    status.current?.focus();
  };

  return (
    <>
      <div>
        <Button
          variant="outlined"
          color="warning"
          disabled={isPending || isEmpty || pending !== undefined}
          onClick={() => setConfirming(true)}
        >
          Clear basket
        </Button>
      </div>
      <div ref={status} tabIndex={-1} role="status" aria-live="polite" style={{ outline: 'none' }}>
        {pending !== undefined && <PendingClear pending={pending} />}
      </div>
      <Confirm
        isOpen={confirming}
        title="Clear this basket?"
        content="Every line is removed. The shopper sees it at once; later edits of theirs stay."
        confirm="Clear the basket"
        cancel="Keep it"
        onConfirm={clear}
        onClose={() => setConfirming(false)}
      />
    </>
  );
};

const PendingClear = ({ pending }: { readonly pending: NonNullable<StaffBasket['pending']> }) =>
  pending.letterId === undefined ? (
    <Typography>
      Cleared: taken, waiting to be stored. Asked for by {pending.by} at {timeText(pending.since)}.
    </Typography>
  ) : (
    <Alert severity="warning">
      The clear that {pending.by} asked for could not be worked and waits for somebody to decide:{' '}
      <Link to={`/dead-letters/${encodeURIComponent(pending.letterId)}/show`}>its dead letter</Link>.
    </Alert>
  );
