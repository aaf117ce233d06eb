import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import { itemSchemaNumber, type SwitchesItem, switchesItemSchema } from '@penstock/domain/items';
import { within } from '#reading';
import { readableRow, type TableDeps } from '#table-calls';

/** What staff have switched (docs/operations.md). Names of sources are those of the topology. */
export type Switches = Pick<SwitchesItem, 'ordersPaused' | 'adminReadOnly' | 'sourcesPaused'>;
export const allRunning: Switches = { ordersPaused: false, adminReadOnly: false, sourcesPaused: [] };

/** The one row of the switches. Faults of the table are thrown. */
export type SwitchStore = {
  readonly read: () => Promise<Switches>;
  /** Sets what is given, leaves the rest; answers what stands then. */
  readonly set: (change: Partial<Switches>, by: string) => Promise<Switches>;
};

const key = { pk: 'switches', sk: 'switches' } as const;

export const makeDynamoDbSwitchStore = ({
  db,
  settings,
  clock,
}: TableDeps & { readonly clock: Clock }): SwitchStore => {
  const table = settings.tableName('operations');
  return {
    read: async () => {
      const answer = await db.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return answer.Item === undefined ? allRunning : switchesOf(answer.Item);
    },
    set: async (change, by) => {
      const values = {
        ...change,
        schema: itemSchemaNumber,
        changedAt: new Date(clock.now()).toISOString(),
        changedBy: by,
      };
      const names = Object.keys(values);
      const answer = await db.send(
        new UpdateCommand({
          TableName: table,
          Key: key,
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries(values).map(([name, value]) => [`:${name}`, value]),
          ),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return switchesOf(answer.Attributes);
    },
  };
};

const switchesOf = (item: unknown): Switches => {
  const row = readableRow(switchesItemSchema, item);
  if (row === undefined) throw new TypeError('The row of the switches cannot be read by this release.');
  const { ordersPaused, adminReadOnly, sourcesPaused } = row;
  return { ordersPaused, adminReadOnly, sourcesPaused };
};

/** What stands as far as this instance knows. Never throws and never holds a call up for long. */
export type SwitchReader = { readonly read: () => Promise<Switches> };

const switchLifeMs = 2000;
/** A call waits this long for a new reading, and only the calls of that moment: while it is late, what was known stands. */
const patienceMs = 100;

/**
 * A 2 s cache over the row. Without any reading everything runs; a reading that fails or is late leaves what was known,
 * because staff's last word stands until there is another.
 */
export const makeSwitchReader = ({
  store,
  clock,
}: {
  readonly store: Pick<SwitchStore, 'read'>;
  readonly clock: Clock;
}): SwitchReader => {
  let known = allRunning;
  let readAtMs = Number.NEGATIVE_INFINITY;
  return {
    read: async () => {
      if (clock.now() - readAtMs <= switchLifeMs) return known;
      readAtMs = clock.now();
      const reading = store.read().then((switches) => {
        known = switches;
        return switches;
      });
      return (await within(patienceMs, reading)) ?? known;
    },
  };
};
