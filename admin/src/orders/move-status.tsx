import { Alert, Typography } from '@mui/material';
import type { StaffOrder } from '@penstock/domain/order';
import type { MoveTarget } from '@penstock/domain/order-states';
import type { Ref } from 'react';
import { Link } from 'react-admin';
import { pendingText, statusWords } from '#orders/words.ts';

type MoveStatusProps = {
  readonly order: StaffOrder;
  readonly waitsForLine: MoveTarget | undefined;
  readonly ref: Ref<HTMLDivElement>;
};

/** What became of the move that was asked for last, as far as it is not the status of the order yet. */
export const MoveStatus = ({ order: { pending }, waitsForLine, ref }: MoveStatusProps) => (
  <div ref={ref} tabIndex={-1} role="status" aria-live="polite" style={{ outline: 'none' }}>
    {pending?.letterId === undefined ? (
      <Typography>
        {waitsForLine === undefined
          ? pending === undefined
            ? ''
            : pendingText(pending)
          : `${statusWords[waitsForLine]}: not sent yet. It waits for the line and goes by itself.`}
      </Typography>
    ) : (
      <Alert severity="warning">
        {statusWords[pending.status]}, asked for by {pending.by}, could not be worked and waits for somebody to decide:{' '}
        <Link to={`/dead-letters/${encodeURIComponent(pending.letterId)}/show`}>its dead letter</Link>.
      </Alert>
    )}
  </div>
);
