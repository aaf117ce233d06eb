import { DatabaseSync } from 'node:sqlite';

/** dynoxide's stream records, through a second connection to its SQLite file. */
export type StreamRecords = {
  /**
   * Deletes records written before `olderThanMs`, but never one of the `keep` newest of its table; at most one chunk.
   * Answers how many went; 0 says that nothing is left to trim, or that the engine was busy.
   */
  readonly trim: (olderThanMs: number, keep: number) => number;
  readonly close: () => void;
};

/** A write of the engine waits for a chunk; 2,000 rows take about 8 ms. */
const chunkRows = 2000;
/** The engine holds the file for milliseconds; housekeeping rather comes again later. */
const busyMaxMs = 200;

/**
 * Opens the file beside the running engine and makes the index without which dynoxide 1.2.1 reads all records of all
 * tables at every write and every GetRecords (measured: 471 writes/s fall to 59 at 50,000 records; with it 2,470).
 */
export const openStreamRecords = (dbFile: string): StreamRecords => {
  const database = new DatabaseSync(dbFile);
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec(`CREATE INDEX IF NOT EXISTS penstock_stream_order
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`);
  database.exec(`PRAGMA busy_timeout = ${busyMaxMs}`);
  const newest = database.prepare(
    `SELECT table_name AS name, MAX(CAST(sequence_number AS INTEGER)) AS number FROM _stream_records GROUP BY table_name`,
  );
  const remove = database.prepare(`DELETE FROM _stream_records WHERE id IN (
    SELECT id FROM _stream_records
    WHERE table_name = ? AND CAST(sequence_number AS INTEGER) <= ? AND created_at < ?
    ORDER BY CAST(sequence_number AS INTEGER) LIMIT ${chunkRows})`);
  return {
    trim: (olderThanMs, keep) => {
      // Numbers go up by one within a table. The next number is the newest plus one: were the newest row deleted,
      // numbering would begin again at 1 and open iterators would wait for ever.
      const kept = Math.max(1, keep);
      try {
        let removed = 0;
        for (const { name, number } of newest.all())
          removed += Number(remove.run(name ?? null, Number(number) - kept, Math.floor(olderThanMs / 1000)).changes);
        return removed;
      } catch (error) {
        if (isBusy(error)) return 0;
        throw error;
      }
    },
    close: () => database.close(),
  };
};

const sqliteBusy = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
