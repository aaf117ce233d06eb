import { Button, Stack, Typography } from '@mui/material';
import type { Operations } from '@penstock/domain/operations';
import { useState } from 'react';
import { Confirm } from 'react-admin';
import { useLever } from '#operations/use-lever.ts';

/** Stops and starts. Stopping the orders asks first: every shopper sees it. */
export const SwitchPanel = ({ switches }: { readonly switches: Operations['switches'] }) => {
  const { ordersPaused, adminReadOnly } = switches;
  const { pull, isPending } = useLever();
  const [confirming, setConfirming] = useState(false);
  const setOrders = (paused: boolean) => {
    setConfirming(false);
    void pull('switches', { ordersPaused: paused }, paused ? 'The shop takes no orders.' : 'The shop takes orders.');
  };
  const setReadOnly = (readOnly: boolean) =>
    void pull('switches', { adminReadOnly: readOnly }, readOnly ? 'Read-only now.' : 'Open for writes.');

  return (
    <Stack component="section" aria-label="Switches" spacing={1}>
      <Typography variant="h6" component="h2">
        Switches
      </Typography>
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
        <Button
          variant="outlined"
          color={ordersPaused ? 'primary' : 'warning'}
          disabled={isPending}
          onClick={() => (ordersPaused ? setOrders(false) : setConfirming(true))}
        >
          {ordersPaused ? 'Take orders again' : 'Stop taking orders'}
        </Button>
        <Button variant="outlined" disabled={isPending} onClick={() => setReadOnly(!adminReadOnly)}>
          {adminReadOnly ? 'Open the back office for writes' : 'Make the back office read-only'}
        </Button>
      </Stack>
      <Confirm
        isOpen={confirming}
        title="Stop taking orders?"
        content="Shoppers see a banner. Baskets go on, and orders that are accepted already are placed."
        confirm="Stop taking orders"
        cancel="Go on"
        onConfirm={() => setOrders(true)}
        onClose={() => setConfirming(false)}
      />
    </Stack>
  );
};
