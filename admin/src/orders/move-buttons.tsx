import { Button, Stack } from '@mui/material';
import type { StaffOrder } from '@penstock/domain/order';
import type { MoveTarget } from '@penstock/domain/order-states';
import { useRef, useState } from 'react';
import { Confirm } from 'react-admin';
import { MoveStatus } from '#orders/move-status.tsx';
import { useMove } from '#orders/use-move.ts';
import { moveWords } from '#orders/words.ts';

/** The legal moves of an order as buttons. A move that waits in the queue blocks the next until it has landed, for everybody. */
export const MoveButtons = ({ order }: { readonly order: StaffOrder }) => {
  const { move, isSending, waitsForLine } = useMove(order);
  const [confirming, setConfirming] = useState(false);
  const status = useRef<HTMLDivElement>(null);

  const press = (target: MoveTarget) => {
    setConfirming(false);
    move(target);
    // The button is about to go: the focus goes where the answer will stand.
    status.current?.focus();
  };

  return (
    <Stack spacing={1}>
      <Stack direction="row" spacing={1} sx={{ flexWrap: 'wrap', rowGap: 1 }}>
        {order.moves.map((target) => (
          <Button
            key={target}
            variant={target === 'cancelled' ? 'outlined' : 'contained'}
            color={target === 'cancelled' ? 'warning' : 'primary'}
            disabled={isSending || order.pending !== undefined}
            onClick={() => (target === 'cancelled' ? setConfirming(true) : press(target))}
          >
            {moveWords[target]}
          </Button>
        ))}
      </Stack>
      <MoveStatus ref={status} order={order} waitsForLine={waitsForLine} />
      <Confirm
        isOpen={confirming}
        title="Cancel this order?"
        content="Its units go back into the stock. This cannot be undone."
        confirm="Cancel the order"
        cancel="Keep it"
        onConfirm={() => press('cancelled')}
        onClose={() => setConfirming(false)}
      />
    </Stack>
  );
};
