/**
 * A shard iterator says nothing of its table, and GetRecords must be granted by table. The gate puts the table's name in
 * front of every iterator that it hands out, so that it needs no memory of them: clients treat iterators as opaque.
 */
const pattern = /^penstock\/([^/]+)\/(.*)$/s;

export const markIterator = (table: string, iterator: string): string => `penstock/${table}/${iterator}`;

/** The table of an iterator of ours; undefined for any other. */
export const tableOfIterator = (iterator: string): string | undefined => pattern.exec(iterator)?.[1];

/** The iterator as the engine made it. */
export const plainIterator = (iterator: string): string => pattern.exec(iterator)?.[2] ?? iterator;
