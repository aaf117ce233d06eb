import { itemSchemaNumber } from '@penstock/domain/items';
import type * as z from 'zod';
import { basketHashOf } from '#basket-hash';
import type { LogFields, Logger } from '#logger';
import { faultOf } from '#row-fault';
import { readableRow } from '#table-calls';

/** A stored row that this release cannot read: it waits for one that can, or for an operator (A6). */
export class RowUnreadable extends Error {
  readonly code = 'row-unreadable';
  constructor(table: string) {
    super(`A row of ${table} is stored in a form that this release cannot read.`);
    this.name = 'RowUnreadable';
  }
}

type Item = Readonly<Record<string, unknown>>;

export type StoredRows = {
  /** The row; throws RowUnreadable. */
  readonly one: <Row extends { readonly schema: number }>(schema: z.ZodType<Row>, item: Item) => Row;
  /** For lists: one row that cannot be read must not hide the others. */
  readonly orSkip: <Row extends { readonly schema: number }>(schema: z.ZodType<Row>, item: Item) => Row | undefined;
};

/** Rows that were logged by this instance: a list is asked for again and again. */
const notedMax = 1000;

/** Reads rows of one table. What cannot be read is logged as `row-unreadable`, each row once an instance, without its values. */
export const makeStoredRows = (table: 'orders' | 'baskets' | 'products' | 'operations', logger: Logger): StoredRows => {
  const noted = new Set<string>();
  const note = (schema: z.ZodType, item: Item): void => {
    const key = [item.id, item.part, item.pk, item.sk].join(' ');
    if (noted.has(key) || noted.size === notedMax) return;
    noted.add(key);
    const { error } = schema.safeParse(item);
    const why = error === undefined ? `schema ${item.schema}, this release writes ${itemSchemaNumber}` : faultOf(error);
    logger.error('row-unreadable', { ...nameOf(table, item), reason: `${table}${kindOf(item)}: ${why}` });
  };
  const orSkip: StoredRows['orSkip'] = (schema, item) => {
    const row = readableRow(schema, item);
    if (row === undefined) note(schema, item);
    return row;
  };
  return {
    orSkip,
    one: (schema, item) => {
      const row = orSkip(schema, item);
      if (row === undefined) throw new RowUnreadable(table);
      return row;
    },
  };
};

/** A basket's id is a capability, and so may be the key of a row of `operations` (C1). */
const nameOf = (table: string, { id }: Item): LogFields => {
  if (typeof id !== 'string' || table === 'operations') return {};
  if (table === 'orders') return { orderId: id };
  return table === 'products' ? { productId: id } : { basketHash: basketHashOf(id) };
};

const kindOf = ({ kind, lastSeenAt }: Item): string =>
  kind === undefined ? '' : ` ${String(kind).slice(0, 30)} of ${String(lastSeenAt).slice(0, 30)}`;
