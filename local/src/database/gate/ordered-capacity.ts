import * as z from 'zod';
import type { Json } from '#database/gate/json';
import type { Throughput } from '#database/gate/table-limits';

const units = z.looseObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() }).optional();
const updates = z.looseObject({
  ProvisionedThroughput: units,
  GlobalSecondaryIndexUpdates: z
    .array(
      z.looseObject({
        Update: z.looseObject({ IndexName: z.string(), ProvisionedThroughput: units }).optional(),
      }),
    )
    .optional(),
});

/** The table's capacity that an UpdateTable orders. */
export const orderedThroughput = (body: Json): Throughput | undefined =>
  throughputIn(updates.parse(body).ProvisionedThroughput);

/** The index capacities that an UpdateTable orders. */
export const orderedIndexes = (body: Json): ReadonlyMap<string, Throughput> =>
  new Map(
    (updates.parse(body).GlobalSecondaryIndexUpdates ?? []).flatMap(({ Update }) => {
      const wanted = throughputIn(Update?.ProvisionedThroughput);
      return Update === undefined || wanted === undefined ? [] : [[Update.IndexName, wanted] as const];
    }),
  );

const throughputIn = (given: z.infer<typeof units>): Throughput | undefined =>
  given && { write: given.WriteCapacityUnits, read: given.ReadCapacityUnits };
