import type { QueueMeters } from '@penstock/domain/operations';
import { type Column, MeterTable } from '#operations/meter-table.tsx';
import { numberText, spanText } from '#operations/words.ts';

const sourceOf = { orders: 'place-orders', baskets: 'fold-baskets', moves: 'move-orders' } as const;

type QueueTableProps = { readonly queues: readonly QueueMeters[]; readonly sourcesPaused: readonly string[] };

/** The queues: what waits, who drains it, how fast, and how long that takes. */
export const QueueTable = ({ queues, sourcesPaused }: QueueTableProps) => {
  const columns: readonly Column<QueueMeters>[] = [
    { label: 'Waiting', hint: 'messages that a worker may take now', cell: (queue) => numberText(queue.visible) },
    { label: 'In hand', hint: 'messages that a worker has taken', cell: (queue) => numberText(queue.inFlight) },
    {
      label: 'Put back',
      hint: 'messages that come again later, because a table was busy',
      cell: (queue) => numberText(queue.delayed),
    },
    {
      label: 'Oldest in hand',
      hint: 'how long ago the oldest message of a worker was accepted; of those that wait nobody knows it',
      cell: (queue) => spanText(queue.oldestAgeMs),
    },
    { label: 'Workers', cell: (queue) => numberText(queue.leases) },
    { label: 'Stored/s', hint: 'messages settled a second', cell: (queue) => numberText(queue.appliedPerSecond) },
    { label: 'Per write', hint: 'messages that one write stores', cell: (queue) => numberText(queue.groupSize) },
    {
      label: 'WCU/s',
      hint: 'write units a second that are counted on: the larger of measured and 0.9 of the share, of the slowest table',
      cell: (queue) => numberText(Math.min(...queue.drain.map(({ rate }) => rate))),
    },
    {
      label: 'Wait',
      hint: 'what a shopper who sends now is told',
      cell: (queue) => (sourcesPaused.includes(sourceOf[queue.name]) ? 'paused' : spanText(queue.estimatedWaitMs)),
    },
  ];
  return <MeterTable title="Queues" columns={columns} rows={queues} />;
};
