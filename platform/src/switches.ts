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
export type SwitchReader = {
  readonly read: () => Promise<Switches>;
  /** Whether the last reading was made: false tells that the table did not answer. */
  readonly isCurrent: () => boolean;
};

/** What staff have switched holds for every call that begins later than this. */
const switchLifeMs = 2000;
/** From this age on a call asks anew and goes on with what is known: in steady traffic nobody waits. */
const renewAfterMs = 1000;
/** Without a word that is young enough, a call waits for one: until the reading is this old. */
const patienceMs = 1500;
/** A reading that failed is not repeated for this long: a table that is away must not be asked by every call. */
const failureLifeMs = 1000;

/**
 * A 2 s cache over the row; one reading at a time, shared by all who ask. A reading counts from when it began, because
 * it may be as old as that. One that fails or is late leaves what was known: staff's last word stands until there is
 * another, and where there never was one everything runs, because accepting needs no table (A1).
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
  let failedAtMs = Number.NEGATIVE_INFINITY;
  let pending: { readonly beganMs: number; readonly ended: Promise<void> } | undefined;

  const begin = () => {
    const beganMs = clock.now();
    const reading = store.read().then(
      (switches) => {
        known = switches;
        readAtMs = beganMs;
        failedAtMs = Number.NEGATIVE_INFINITY;
      },
      () => {
        failedAtMs = clock.now();
      },
    );
    const ended = reading.finally(() => {
      pending = undefined;
    });
    return { beganMs, ended };
  };

  return {
    isCurrent: () => clock.now() - readAtMs <= switchLifeMs,
    read: async () => {
      const ageMs = clock.now() - readAtMs;
      if (ageMs <= renewAfterMs) return known;
      if (pending === undefined && clock.now() - failedAtMs < failureLifeMs) return known;
      pending ??= begin();
      if (ageMs >= switchLifeMs) await within(pending.beganMs + patienceMs - clock.now(), pending.ended);
      return known;
    },
  };
};
