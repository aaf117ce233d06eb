import { Typography, useTheme } from '@mui/material';
import { faces } from '@penstock/brand/tokens.ts';
import type { TableMeters } from '@penstock/domain/operations';
import type { CSSProperties } from 'react';
import { Sluice } from '#operations/sluice.tsx';
import '@penstock/brand/gauge.css';
import './sluice.css';

type SluicePanelProps = { readonly tables: readonly TableMeters[]; readonly canMove: boolean };

/** The capacity of each table as a sluice gate, and what flows through below it. Where nothing is provisioned, nothing. */
export const SluicePanel = ({ tables, canMove }: SluicePanelProps) => {
  const { palette } = useTheme();
  const gated = tables.flatMap((table) =>
    table.writePerSecond === undefined ? [] : [{ ...table, writePerSecond: table.writePerSecond }],
  );
  if (gated.length === 0) return null;
  const room = {
    '--ink': palette.text.primary,
    '--action': palette.primary.main,
    '--signal': palette.warning.main,
    '--face-head': faces.head,
  } as CSSProperties;
  return (
    <section aria-label="Capacity">
      <Typography variant="h6" component="h2">
        Capacity
      </Typography>
      <div className="sluices" style={room}>
        {gated.map((table) => (
          <Sluice key={table.name} table={table} canMove={canMove} />
        ))}
      </div>
    </section>
  );
};
