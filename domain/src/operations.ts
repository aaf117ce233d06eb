import * as z from 'zod';
import { timeSchema } from '#schemas';

/** Tables with provisioned capacity: those that the workers write. */
export const drainedTables = ['products', 'baskets', 'orders'] as const;
export type DrainedTable = (typeof drainedTables)[number];

const rate = z.number().nonnegative();

const queueMetersSchema = z
  .strictObject({
    name: z.enum(['orders', 'baskets', 'moves']),
    visible: z.int(),
    inFlight: z.int(),
    /** Deferred messages: they are not visible. */
    delayed: z.int(),
    oldestAgeMs: z
      .int()
      .optional()
      .describe('Age of the oldest message that a worker has in hand; absent when none has.'),
    leases: z.int().describe('Worker instances that drain it at the moment.'),
    appliedPerSecond: rate.describe('Messages settled a second.'),
    drain: z.array(
      z.strictObject({
        table: z.string(),
        measured: rate.describe('WCU/s that its workers used of late.'),
        rate: rate.describe('WCU/s counted on: the larger of measured and 0.9 of its provisioned share; 0 is unknown.'),
        unitsPerMessage: rate,
      }),
    ),
    estimatedWaitMs: z.int().optional().describe('Absent while its event source is paused.'),
    groupSize: rate.optional().describe('Messages by one write: ops folded (baskets), orders in one commit (orders).'),
  })
  .meta({ id: 'QueueMeters' });

const tableMetersSchema = z
  .strictObject({
    name: z.enum(drainedTables),
    writePerSecond: z
      .number()
      .optional()
      .describe('WCU/s of the narrowest of the table and its indexes; absent on demand.'),
    consumedPerSecond: rate.describe('WCU/s that the workers used of late.'),
    throttledPerSecond: rate.describe('Calls throttled a second.'),
    pacerRate: rate.optional().describe('WCU/s that the workers allow themselves, all instances together.'),
  })
  .meta({ id: 'TableMeters' });

export const switchesSchema = z
  .strictObject({
    ordersPaused: z.boolean(),
    adminReadOnly: z.boolean(),
    sourcesPaused: z.array(z.string()),
  })
  .meta({ id: 'Switches' });

/** Answer to GET /operations, and the data of topic staff/operations. Rates are over the last few seconds. */
export const operationsSchema = z
  .strictObject({
    at: timeSchema,
    queues: z.array(queueMetersSchema),
    tables: z.array(tableMetersSchema),
    switches: switchesSchema,
    /** Whether PUT /operations/capacity is allowed here. */
    canMoveCapacity: z.boolean(),
  })
  .meta({ id: 'Operations' });

/** Body of PUT /operations/capacity: the indexes of the table follow it. */
export const moveCapacitySchema = z
  .strictObject({
    table: z.enum(drainedTables, `Name one of ${drainedTables.join(', ')}.`),
    writePerSecond: z
      .int('Give whole units.')
      .min(1, 'The least is 1 unit a second.')
      .max(40_000, 'The most is 40,000 units a second.'),
  })
  .meta({ id: 'MoveCapacity' });

/** Body of PUT /operations/switches: what is left out stays. */
export const setSwitchesSchema = z
  .strictObject({ ordersPaused: z.boolean().optional(), adminReadOnly: z.boolean().optional() })
  .meta({ id: 'SetSwitches' });

export type Operations = z.infer<typeof operationsSchema>;
export type QueueMeters = z.infer<typeof queueMetersSchema>;
export type TableMeters = z.infer<typeof tableMetersSchema>;
