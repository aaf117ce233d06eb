import type { Topology } from '@penstock/platform/topology';
import { type AwsCall, AwsCallRefused } from '#aws-call';

/** Makes the tables of the topology that are not there yet: keys, indexes, stream, expiry, capacity. Idempotent. */
export const provisionTables = async (topology: Topology, dynamodb: AwsCall): Promise<void> => {
  const { TableNames: there } = await dynamodb<{ TableNames: string[] }>('DynamoDB_20120810.ListTables', {});
  for (const [name, table] of Object.entries(topology.tables)) {
    if (there.includes(name)) continue;
    const capacity = table.capacity.local;
    const throughput =
      capacity === undefined || capacity === 'on-demand'
        ? undefined
        : { ReadCapacityUnits: capacity.read, WriteCapacityUnits: capacity.write };
    const indexes = Object.entries(table.indexes).map(([index, keys]) => ({
      IndexName: index,
      KeySchema: keySchema(keys),
      Projection: projectionOf(keys.projection),
      ...(throughput === undefined ? {} : { ProvisionedThroughput: throughput }),
    }));
    const attributes = new Set(
      [table.key, ...Object.values(table.indexes)].flatMap((keys) => [
        keys.partition,
        ...(keys.sort === undefined ? [] : [keys.sort]),
      ]),
    );
    await unlessThere(
      dynamodb('DynamoDB_20120810.CreateTable', {
        TableName: name,
        KeySchema: keySchema(table.key),
        AttributeDefinitions: [...attributes].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
        ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
        ...(throughput === undefined
          ? { BillingMode: 'PAY_PER_REQUEST' }
          : { BillingMode: 'PROVISIONED', ProvisionedThroughput: throughput }),
        ...(table.stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } } : {}),
      }),
    );
    if (table.ttl !== undefined)
      await dynamodb('DynamoDB_20120810.UpdateTimeToLive', {
        TableName: name,
        TimeToLiveSpecification: { Enabled: true, AttributeName: table.ttl },
      });
  }
};

type Keys = { readonly partition: string; readonly sort?: string | undefined };

const keySchema = ({ partition, sort }: Keys): object[] => [
  { AttributeName: partition, KeyType: 'HASH' },
  ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' }]),
];

const projectionOf = (projection: 'keys' | 'all' | readonly string[]): object => {
  if (projection === 'keys') return { ProjectionType: 'KEYS_ONLY' };
  if (projection === 'all') return { ProjectionType: 'ALL' };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: projection };
};

/** A start that was killed between two tables goes on where it stopped. */
const unlessThere = async (made: Promise<unknown>): Promise<void> => {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof AwsCallRefused && error.type === 'ResourceInUseException')) throw error;
  }
};
