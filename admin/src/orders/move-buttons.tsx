import { Button, Stack, Typography } from '@mui/material';
import type { StaffOrder } from '@penstock/domain/order';
import type { MoveTarget } from '@penstock/domain/order-states';
import { useState } from 'react';
import { Confirm, HttpError, useNotify, useRefresh, useUpdate } from 'react-admin';
import { moveWords, statusWords } from '#orders/words.ts';

/** The legal moves of an order as buttons. A move that waits in the queue blocks the next until it has landed. */
export const MoveButtons = ({ order }: { readonly order: StaffOrder }) => {
  // The data of a move is a command, not a part of the record: the hook's own record type is too narrow for it.
  const [update, { isPending }] = useUpdate();
  const [confirming, setConfirming] = useState(false);
  const notify = useNotify();
  const refresh = useRefresh();
  const waits = order.pending !== undefined;

  const move = (status: MoveTarget) => {
    setConfirming(false);
    update(
      'orders',
      { id: order.id, data: { status, statusSeen: order.status }, previousData: order },
      {
        mutationMode: 'pessimistic',
        onError: (error) => {
          notify(error instanceof Error ? error.message : 'The move was not taken.', { type: 'error' });
          if (error instanceof HttpError && error.status === 409) refresh();
        },
      },
    );
  };

  return (
    <Stack spacing={1}>
      <Stack direction="row" spacing={1} sx={{ flexWrap: 'wrap', rowGap: 1 }}>
        {order.moves.map((status) => (
          <Button
            key={status}
            variant={status === 'cancelled' ? 'outlined' : 'contained'}
            color={status === 'cancelled' ? 'warning' : 'primary'}
            disabled={isPending || waits}
            onClick={() => (status === 'cancelled' ? setConfirming(true) : move(status))}
          >
            {moveWords[status]}
          </Button>
        ))}
      </Stack>
      <Typography role="status" aria-live="polite">
        {order.pending === undefined ? '' : `${statusWords[order.pending.status]}: taken, waiting to be stored.`}
      </Typography>
      <Confirm
        isOpen={confirming}
        title="Cancel this order?"
        content="Its units go back into the stock. This cannot be undone."
        confirm="Cancel the order"
        cancel="Keep it"
        onConfirm={() => move('cancelled')}
        onClose={() => setConfirming(false)}
      />
    </Stack>
  );
};
