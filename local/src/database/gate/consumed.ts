import * as z from 'zod';
import { type Json, without } from '#database/gate/json';
import type { Charge, Mode } from '#database/gate/units';

const units = z.looseObject({ CapacityUnits: z.number().optional() });
const consumedSchema = z.looseObject({
  TableName: z.string(),
  CapacityUnits: z.number(),
  ReadCapacityUnits: z.number().optional(),
  WriteCapacityUnits: z.number().optional(),
  // plain-keys: names as AWS gives them, passed on as they are.
  GlobalSecondaryIndexes: z.record(z.string(), units).optional(),
});
const replySchema = z.looseObject({
  ConsumedCapacity: z.union([consumedSchema.transform((one) => [one]), z.array(consumedSchema)]).optional(),
});

/** What a successful call cost, as the engine reports it: the table's share, and each index's. */
export const chargesOf = (reply: Json, mode: Mode): readonly Charge[] => {
  const { ConsumedCapacity = [] } = replySchema.parse(reply);
  return ConsumedCapacity.flatMap((consumed): readonly Charge[] => {
    const table = consumed.TableName.split('/').at(-1) ?? consumed.TableName;
    // A repeat of a committed transaction (same ClientRequestToken) writes nothing and is charged reads.
    const spent = mode === 'write' && isReadsOnly(consumed) ? 'read' : mode;
    const indexes = Object.entries(consumed.GlobalSecondaryIndexes ?? {}).map(([index, { CapacityUnits = 0 }]) => ({
      table,
      index,
      mode: spent,
      units: CapacityUnits,
    }));
    const ofIndexes = indexes.reduce((sum, charge) => sum + charge.units, 0);
    return [{ table, mode: spent, units: consumed.CapacityUnits - ofIndexes }, ...indexes];
  });
};

const isReadsOnly = ({ ReadCapacityUnits, WriteCapacityUnits }: z.infer<typeof consumedSchema>): boolean =>
  ReadCapacityUnits !== undefined && (WriteCapacityUnits ?? 0) === 0;

/** The reply as the caller asked for it: the gate asks for all, the caller for NONE, TOTAL or INDEXES. */
export const stripConsumed = (reply: Json, asked: unknown): Json => {
  if (asked === 'INDEXES' || reply.ConsumedCapacity === undefined) return reply;
  if (asked !== 'TOTAL') return without(reply, 'ConsumedCapacity');
  const { ConsumedCapacity } = reply;
  return {
    ...reply,
    ConsumedCapacity: Array.isArray(ConsumedCapacity) ? ConsumedCapacity.map(totalOf) : totalOf(ConsumedCapacity),
  };
};

const totalOf = (consumed: unknown): Json => {
  const { Table, GlobalSecondaryIndexes, LocalSecondaryIndexes, ...total } = consumed as Json;
  return total;
};
