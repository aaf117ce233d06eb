import type { QueueMeters } from '@penstock/domain/operations';
import { type Column, MeterTable } from '#operations/meter-table.tsx';
import { numberText, spanText } from '#operations/words.ts';

const sourceOf = { orders: 'place-orders', baskets: 'fold-baskets', moves: 'move-orders' } as const;

type QueueTableProps = { readonly queues: readonly QueueMeters[]; readonly sourcesPaused: readonly string[] };

/** The queues: what waits, who drains it, how fast, and how long that takes. */
export const QueueTable = ({ queues, sourcesPaused }: QueueTableProps) => {
  const columns: readonly Column<QueueMeters>[] = [
    { label: 'Visible', cell: (queue) => numberText(queue.visible) },
    { label: 'In flight', cell: (queue) => numberText(queue.inFlight) },
    { label: 'Deferred', hint: 'Put back for later: not visible', cell: (queue) => numberText(queue.delayed) },
    { label: 'Oldest', hint: 'In the hands of a worker', cell: (queue) => spanText(queue.oldestAgeMs) },
    { label: 'Workers', cell: (queue) => numberText(queue.leases) },
    { label: 'Applied/s', cell: (queue) => numberText(queue.appliedPerSecond) },
    { label: 'A write', hint: 'Messages by one write', cell: (queue) => numberText(queue.groupSize) },
    {
      label: 'WCU/s',
      hint: 'Counted on: the larger of measured and 0.9 of the share, of the slowest table',
      cell: (queue) => numberText(Math.min(...queue.drain.map(({ rate }) => rate))),
    },
    {
      label: 'Wait',
      hint: 'What a new message is told',
      cell: (queue) => (sourcesPaused.includes(sourceOf[queue.name]) ? 'paused' : spanText(queue.estimatedWaitMs)),
    },
  ];
  return <MeterTable title="Queues" columns={columns} rows={queues} />;
};
