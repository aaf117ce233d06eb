import { Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactNode } from 'react';

export type Column<Row> = {
  readonly label: string;
  /** What the number is, where its head does not say it. */
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
    <TableContainer tabIndex={0} role="group" aria-label={`${title}, scrolls sideways`}>
      <Table size="small" aria-label={title} sx={{ '& td, & th': { whiteSpace: 'nowrap' } }}>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            {columns.map(({ label }) => (
              <TableCell key={label} align="right">
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
    <Hints columns={columns} />
  </section>
);

/** For fingers and keyboards too, which cannot point at a head. */
const Hints = <Row,>({ columns }: Pick<MeterTableProps<Row>, 'columns'>) => {
  const hints = columns.flatMap(({ label, hint }) => (hint === undefined ? [] : [{ label, hint }]));
  if (hints.length === 0) return null;
  return (
    <Typography component="details" variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
      <summary style={{ cursor: 'pointer' }}>What the heads mean</summary>
      {hints.map(({ label, hint }) => (
        <div key={label}>
          {label}: {hint}
        </div>
      ))}
    </Typography>
  );
};
