import * as z from 'zod';
import { gateFaultsSchema } from '#database/gate/gate-faults';
import { faultMessageOf } from '#fault-wishes';
import { socketFaultsSchema } from '#gateways/socket-faults';
import { innerCall } from '#inner-door';
import { objectFaultsSchema } from '#objects/object-faults';
import { queueFaultsSchema } from '#queue/queue-faults';

/** Each gate's own faults. */
const schemas = {
  dynamodb: gateFaultsSchema,
  sqs: queueFaultsSchema,
  s3: objectFaultsSchema,
  socket: socketFaultsSchema,
} as const;
type Gate = keyof typeof schemas;
const gates = Object.keys(schemas) as readonly Gate[];

// plain-keys: handed on to the gate, which reads it by names of ours.
const object = z.record(z.string(), z.unknown(), 'Give a JSON object.').optional();
const ordersSchema = z.strictObject({
  seed: z.int('Give a whole number.').optional(),
  dynamodb: object,
  sqs: object,
  s3: object,
  socket: object,
});

/** How an order ended; a message when it was not carried out. */
export type Ordered = { readonly status: 204 | 422 | 503; readonly message?: string };
export type FaultOrders = {
  /** Faults for the gates that are named, all of them or none. Gates that are not named keep theirs. */
  readonly set: (value: unknown) => Promise<Ordered>;
  readonly clear: () => Promise<Ordered>;
};

type Wished = Readonly<Record<string, unknown>>;

/**
 * PUT and DELETE /faults of the control address: every value is checked before the first gate hears of any. `ownSeed` is
 * for faults that are wished without one.
 */
export const makeFaultOrders = (doors: Readonly<Record<Gate, number>>, ownSeed: number | undefined): FaultOrders => {
  const inForce = new Map<Gate, Wished>();

  const put = async (gate: Gate, wished: Wished | undefined): Promise<string | undefined> => {
    try {
      const { status, body } =
        wished === undefined
          ? await innerCall('DELETE', doors[gate], '/_gate/faults')
          : await innerCall('PUT', doors[gate], '/_gate/faults', wished);
      return status < 300 ? undefined : ((body as { message?: string } | undefined)?.message ?? `status ${status}`);
    } catch (error) {
      return `The gate does not answer; try again when it is up. ${error instanceof Error ? error.message : ''}`;
    }
  };

  return {
    set: async (value) => {
      const orders = ordersSchema.safeParse(value);
      if (!orders.success) return { status: 422, message: faultMessageOf(orders.error, ['seed', ...gates]) };
      const { seed = ownSeed, ...byGate } = orders.data;
      const wishes = gates.flatMap((gate) => {
        const faults = byGate[gate];
        return faults === undefined ? [] : [{ gate, wished: seed === undefined ? faults : { seed, ...faults } }];
      });
      const refused = wishes.flatMap(({ gate, wished }) => refusalOf(gate, wished));
      if (refused.length > 0) return { status: 422, message: refused.join(' ') };
      const taken: Gate[] = [];
      for (const { gate, wished } of wishes) {
        const fault = await put(gate, wished);
        taken.push(gate);
        if (fault === undefined) continue;
        // Whether the last one took its own is not known.
        for (const each of taken) await put(each, inForce.get(each));
        return { status: 503, message: `${gate}: ${fault}` };
      }
      for (const { gate, wished } of wishes) inForce.set(gate, wished);
      return { status: 204 };
    },
    clear: async () => {
      inForce.clear();
      const faults: string[] = [];
      for (const gate of gates) {
        const fault = await put(gate, undefined);
        if (fault !== undefined) faults.push(`${gate}: ${fault}`);
      }
      return faults.length === 0 ? { status: 204 } : { status: 503, message: faults.join(' ') };
    },
  };
};

const refusalOf = (gate: Gate, wished: Wished): readonly string[] => {
  const schema = schemas[gate];
  const parsed = schema.safeParse(wished);
  if (parsed.success) return [];
  const within = new z.ZodError(parsed.error.issues.map((issue) => ({ ...issue, path: [gate, ...issue.path] })));
  return [faultMessageOf(within, Object.keys(schema.shape))];
};
