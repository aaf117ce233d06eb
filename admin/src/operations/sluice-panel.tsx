import { Typography } from '@mui/material';
import type { TableMeters } from '@penstock/domain/operations';
import { Sluice } from '#operations/sluice.tsx';
import '@penstock/brand/gauge.css';
import './sluice.css';

type SluicePanelProps = { readonly tables: readonly TableMeters[]; readonly canMove: boolean };

/** The capacity of each table as a sluice gate, and what flows through below it. Where nothing is provisioned, nothing. */
export const SluicePanel = ({ tables, canMove }: SluicePanelProps) => {
  const gated = tables.flatMap((table) =>
    table.writePerSecond === undefined ? [] : [{ ...table, writePerSecond: table.writePerSecond }],
  );
  if (gated.length === 0) return null;
  return (
    <section aria-label="Capacity">
      <Typography variant="h6" component="h2">
        Capacity
      </Typography>
      <div className="sluices">
        {gated.map((table) => (
          <Sluice key={table.name} table={table} canMove={canMove} />
        ))}
      </div>
    </section>
  );
};
