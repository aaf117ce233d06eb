import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

/** Made tables: key `id` (text); with `index`, `by-group` on `group` and everything in it; with `stream`, both images. */
export type TableWish = {
  readonly name?: string;
  readonly write?: number;
  readonly read?: number;
  readonly index?: { readonly write?: number; readonly read?: number };
  readonly stream?: boolean;
};

/** Makes a table and answers with its name when it is ACTIVE. Without `write` it is on-demand. */
export const createTable = async (client: DynamoDBClient, wish: TableWish = {}): Promise<string> => {
  const name = wish.name ?? `t-${randomUUID()}`;
  await client.send(new CreateTableCommand(definitionOf(name, wish)));
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return name;
    await sleep(20);
  }
  throw new TypeError(`Table ${name} did not become ACTIVE.`);
};

const definitionOf = (name: string, { write, read = 100, index, stream }: TableWish): CreateTableCommandInput => {
  const units = (own: { readonly write?: number; readonly read?: number } = {}) =>
    write === undefined
      ? {}
      : {
          ProvisionedThroughput: {
            WriteCapacityUnits: own.write ?? write,
            ReadCapacityUnits: own.read ?? read,
          },
        };
  return {
    TableName: name,
    AttributeDefinitions: ['id', ...(index === undefined ? [] : ['group'])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: write === undefined ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...units(),
    ...(index !== undefined && {
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-group',
          KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
          ...units(index),
        },
      ],
    }),
    ...(stream === true && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  };
};

/** A text of this many bytes. */
export const textOf = (bytes: number): string => 'x'.repeat(bytes);
