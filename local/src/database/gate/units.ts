/** Writes and reads have separate capacity. */
export type Mode = 'write' | 'read';

/** What is charged: a table, or one of its indexes. */
export type Target = { readonly table: string; readonly index?: string; readonly mode: Mode };
export type Charge = Target & { readonly units: number };

/** What became of the units: they changed a row, a condition refused them, or their transaction was cancelled. */
export type Outcome = 'useful' | 'failed' | 'cancelled';

const bytesPerWriteUnit = 1024;

/** Write units of an item of this size: one per begun kilobyte, at least one. */
export const writeUnitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / bytesPerWriteUnit));

/** A transaction prepares and commits: each of its members is charged twice. */
export const transactionFactor = 2;
