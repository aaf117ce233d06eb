import type { Switches } from '@penstock/platform/switches';
import * as z from 'zod';
import { type AttributeValue, marshalRow, unmarshalRow } from '#attribute-values';
import type { AwsCall } from '#aws-call';

/** What a caller of the control address may change: any of the switches, and one source at a time. */
const changeSchema = z.strictObject({
  ordersPaused: z.boolean().optional(),
  adminReadOnly: z.boolean().optional(),
  source: z.strictObject({ name: z.string(), paused: z.boolean() }).optional(),
});

const key = { pk: { S: 'switches' }, sk: { S: 'switches' } };

type Row = { readonly Item?: Readonly<Record<string, AttributeValue>> };

/** The row of the switches, straight from the engine. */
export const readSwitches = async (engine: AwsCall): Promise<Switches> => {
  const { Item: item } = await engine<Row>('DynamoDB_20120810.GetItem', {
    TableName: 'operations',
    Key: key,
    ConsistentRead: true,
  });
  const row = (item === undefined ? {} : unmarshalRow(item)) as Partial<Switches>;
  return {
    ordersPaused: row.ordersPaused ?? false,
    adminReadOnly: row.adminReadOnly ?? false,
    sourcesPaused: row.sourcesPaused ?? [],
  };
};

/** Why a change is not one, in a sentence. */
export type ChangeRefused = { readonly ok: false; readonly message: string };

/** Sets what is given; answers what stands then. Knows no source but those of the topology. */
export const setSwitches = async (
  engine: AwsCall,
  body: unknown,
  sources: readonly string[],
): Promise<{ readonly ok: true; readonly switches: Switches } | ChangeRefused> => {
  const parsed = changeSchema.safeParse(body);
  if (!parsed.success) return { ok: false, message: z.prettifyError(parsed.error) };
  const { source, ...change } = parsed.data;
  if (source !== undefined && !sources.includes(source.name))
    return { ok: false, message: `There is no event source ${source.name}. Known: ${sources.join(', ')}.` };
  const { sourcesPaused } = await readSwitches(engine);
  const others = sourcesPaused.filter((name) => name !== source?.name);
  const values = {
    ...change,
    schema: 1,
    changedAt: new Date().toISOString(),
    changedBy: 'operator',
    ...(source === undefined ? {} : { sourcesPaused: source.paused ? [...others, source.name] : others }),
  };
  const names = Object.keys(values).filter((name) => values[name as keyof typeof values] !== undefined);
  await engine('DynamoDB_20120810.UpdateItem', {
    TableName: 'operations',
    Key: key,
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(marshalRow(values)).map(([name, value]) => [`:${name}`, value]),
    ),
  });
  return { ok: true, switches: await readSwitches(engine) };
};

type Follower = { readonly stop: () => void };
const lookEveryMs = 1000;

/** Tells of the paused sources when they change, also at the start: a part that was killed comes back as switched. */
export const followSources = (
  engine: AwsCall,
  onChange: (sourcesPaused: readonly string[]) => void,
  complain: (reason: string) => void,
): Follower => {
  let known = '[]';
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const { sourcesPaused } = await readSwitches(engine);
      if (JSON.stringify(sourcesPaused) === known) return;
      known = JSON.stringify(sourcesPaused);
      onChange(sourcesPaused);
    } catch (error) {
      // The database may be coming back: what was switched stands until the next look.
      complain(error instanceof Error ? error.message : String(error));
    } finally {
      isLooking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), lookEveryMs);
  return { stop: () => clearInterval(timer) };
};
