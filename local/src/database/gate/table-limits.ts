import * as z from 'zod';

/** Provisioned units a second. */
export type Throughput = { readonly write: number; readonly read: number };

type IndexLimits = {
  readonly arn: string;
  readonly throughput: Throughput | undefined;
  readonly keyNames: readonly string[];
};

/** What the gate needs to know of a table. Without throughput it is on-demand: no bucket. */
export type TableLimits = {
  readonly arn: string;
  readonly throughput: Throughput | undefined;
  /** Names of the key's attributes, the partition key first. */
  readonly keyNames: readonly string[];
  readonly indexes: ReadonlyMap<string, IndexLimits>;
  /** False while a change is under way. */
  readonly isSettled: boolean;
};

const throughput = z.looseObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() }).optional();
const keySchema = z.array(z.looseObject({ AttributeName: z.string(), KeyType: z.string() })).default([]);
const index = z.looseObject({
  KeySchema: keySchema,
  IndexName: z.string(),
  IndexArn: z.string().optional(),
  IndexStatus: z.string().optional(),
  ProvisionedThroughput: throughput,
});

/** A table as DescribeTable, CreateTable and UpdateTable describe it. */
export const tableDescriptionSchema = z.looseObject({
  TableName: z.string(),
  TableArn: z.string(),
  KeySchema: keySchema,
  TableStatus: z.string().optional(),
  BillingModeSummary: z.looseObject({ BillingMode: z.string().optional() }).optional(),
  ProvisionedThroughput: throughput,
  GlobalSecondaryIndexes: z.array(index).optional(),
});
export type TableDescription = z.infer<typeof tableDescriptionSchema>;

/** Reads a description; `remembered` are index capacities that the engine was given and does not keep. */
export const limitsOf = (
  description: TableDescription,
  remembered: ReadonlyMap<string, Throughput> = new Map(),
): TableLimits => {
  const isOnDemand = description.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const indexes = description.GlobalSecondaryIndexes ?? [];
  return {
    arn: description.TableArn,
    throughput: isOnDemand ? undefined : throughputOf(description.ProvisionedThroughput),
    keyNames: keyNamesOf(description.KeySchema),
    indexes: new Map(
      indexes.map(({ IndexName, IndexArn, KeySchema, ProvisionedThroughput }) => [
        IndexName,
        {
          keyNames: keyNamesOf(KeySchema),
          arn: IndexArn ?? `${description.TableArn}/index/${IndexName}`,
          throughput: isOnDemand ? undefined : (remembered.get(IndexName) ?? throughputOf(ProvisionedThroughput)),
        },
      ]),
    ),
    isSettled: [description.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)].every(
      (status) => status === undefined || status === 'ACTIVE',
    ),
  };
};

const keyNamesOf = (keys: z.infer<typeof keySchema>): readonly string[] =>
  [...keys]
    .sort((one, other) => Number(other.KeyType === 'HASH') - Number(one.KeyType === 'HASH'))
    .map(({ AttributeName }) => AttributeName);

/** Zero means on-demand in old engines that give no billing mode. */
export const throughputOf = (given: z.infer<typeof throughput>): Throughput | undefined =>
  given === undefined || given.WriteCapacityUnits === 0
    ? undefined
    : { write: given.WriteCapacityUnits, read: given.ReadCapacityUnits };
