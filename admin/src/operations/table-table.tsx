import type { TableMeters } from '@penstock/domain/operations';
import { CapacityLever } from '#operations/capacity-lever.tsx';
import { type Column, MeterTable } from '#operations/meter-table.tsx';
import { numberText, shareText } from '#operations/words.ts';

const columns: readonly Column<TableMeters>[] = [
  {
    label: 'WCU/s used',
    hint: 'write units a second, by the workers',
    cell: (table) => numberText(table.consumedPerSecond),
  },
  { label: 'Of capacity', cell: (table) => shareText(table.consumedPerSecond, table.writePerSecond) },
  {
    label: 'Throttled/s',
    hint: 'calls that the table refused because it was busy',
    cell: (table) => numberText(table.throttledPerSecond),
  },
  { label: 'Allowed', hint: 'WCU/s that the workers allow themselves', cell: (table) => numberText(table.pacerRate) },
];

type TableTableProps = { readonly tables: readonly TableMeters[]; readonly canMove: boolean };

/** The tables that workers write: what is used of their capacity, and the lever where there is one. */
export const TableTable = ({ tables, canMove }: TableTableProps) => (
  <MeterTable
    title="Tables"
    columns={[
      ...columns,
      {
        label: 'Capacity, WCU/s',
        cell: (table) =>
          canMove && table.writePerSecond !== undefined ? (
            <CapacityLever table={table.name} writePerSecond={table.writePerSecond} />
          ) : (
            numberText(table.writePerSecond)
          ),
      },
    ]}
    rows={tables}
  />
);
