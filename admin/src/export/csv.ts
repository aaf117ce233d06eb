import { own } from '@penstock/domain/own';
import Papa from 'papaparse';

export type Cell = string | number;

/** Lets a spreadsheet know that the file is UTF-8. */
const byteOrderMark = '\uFEFF';

/** What begins a formula, in full width too, as spreadsheets of East Asia read it. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/;

/** A table as CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. */
export const toCsv = (rows: readonly Readonly<Record<string, Cell>>[], columns: readonly string[]): string =>
  byteOrderMark +
  Papa.unparse(
    { fields: [...columns], data: rows.map((row) => columns.map((column) => own(row, column) ?? '')) },
    { escapeFormulae: formula },
  );
