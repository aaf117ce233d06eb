import { Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactNode } from 'react';

export type Column<Row> = {
  readonly label: string;
  /** What the number is, for whoever points at the head. */
  readonly hint?: string;
  readonly cell: (row: Row) => ReactNode;
};

type MeterTableProps<Row> = {
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
};

/** A dense table of numbers: names at the left, everything else at the right. It scrolls by itself on a narrow screen. */
export const MeterTable = <Row extends { readonly name: string }>({ title, columns, rows }: MeterTableProps<Row>) => (
  <section aria-label={title}>
    <Typography variant="h6" component="h2">
      {title}
    </Typography>
    <TableContainer>
      <Table size="small" aria-label={title} sx={{ '& td, & th': { whiteSpace: 'nowrap' } }}>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            {columns.map(({ label, hint }) => (
              <TableCell key={label} align="right" title={hint}>
                {label}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.name}>
              <TableCell component="th" scope="row">
                {row.name}
              </TableCell>
              {columns.map(({ label, cell }) => (
                <TableCell key={label} align="right">
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  </section>
);
