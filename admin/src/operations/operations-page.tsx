import { Alert, Stack, Typography } from '@mui/material';
import { Title } from 'react-admin';
import { FlowPanel } from '#operations/flow-panel.tsx';
import { QueueTable } from '#operations/queue-table.tsx';
import { SluicePanel } from '#operations/sluice-panel.tsx';
import { SwitchPanel } from '#operations/switch-panel.tsx';
import { TableTable } from '#operations/table-table.tsx';
import { useFlows } from '#operations/use-flows.ts';
import { useOperations } from '#operations/use-operations.ts';
import { useRoomColours } from '#operations/use-room-colours.ts';
import { timeText } from '#times.ts';

/** Everything that tells how the write path does, on one screen. */
export const OperationsPage = () => {
  const { data, error } = useOperations();
  const flows = useFlows(data);
  const room = useRoomColours();
  return (
    // As wide as the page and no wider: a table scrolls by itself, the page does not.
    <Stack spacing={3} sx={{ py: 2, width: 0, minWidth: '100%', fontVariantNumeric: 'tabular-nums' }}>
      <Title title="Write path" />
      {error !== null && <Alert severity="warning">The meters cannot be read: {error.message}</Alert>}
      {data === undefined ? (
        <Typography>Reading the meters.</Typography>
      ) : (
        <>
          <div className="control-room" style={room}>
            <SluicePanel tables={data.tables} canMove={data.canMoveCapacity} />
            <FlowPanel flows={flows} />
          </div>
          <QueueTable queues={data.queues} sourcesPaused={data.switches.sourcesPaused} />
          <TableTable tables={data.tables} canMove={data.canMoveCapacity} />
          <SwitchPanel switches={data.switches} />
          <Typography variant="body2" color="text.secondary">
            As of <time dateTime={data.at}>{timeText(data.at)}</time>. Rates are over the last seconds, from the workers
            that are busy.
          </Typography>
        </>
      )}
    </Stack>
  );
};
