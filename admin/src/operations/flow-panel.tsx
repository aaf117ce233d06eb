import { Typography } from '@mui/material';
import type { Flow } from '#operations/flow.ts';
import { FlowChart } from '#operations/flow-chart.tsx';

/** What went through the tables and what waits before them, over the last two minutes. */
export const FlowPanel = ({ flows }: { readonly flows: readonly Flow[] }) => (
  <section aria-label="Flow">
    <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
      Flow, last two minutes
    </Typography>
    <div className="flows">
      <FlowChart
        title="A second, all tables"
        lines={[
          { label: 'WCU used', values: flows.map(({ used }) => used) },
          { label: 'throttled calls', values: flows.map(({ throttled }) => throttled) },
        ]}
      />
      <FlowChart
        title="Messages, all queues"
        lines={[
          { label: 'waiting', values: flows.map(({ waiting }) => waiting) },
          { label: 'deferred', values: flows.map(({ deferred }) => deferred) },
        ]}
      />
    </div>
  </section>
);
