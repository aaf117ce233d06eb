import type { Topology } from '@penstock/platform/topology';
import type { AwsCall } from '#aws-call';

type Described = { readonly Table: { readonly ProvisionedThroughput?: { readonly WriteCapacityUnits?: number } } };

/**
 * A capacity that was set stays set, as it does on AWS: a shop that was starved yesterday is slow today. Says so of each table that
 * does not stand where a new data folder begins, with what undoes it; of those that this start sets, its own flag speaks.
 */
export const keptCapacities = async (
  topology: Pick<Topology, 'tables'>,
  dynamodb: AwsCall,
  setNow: Readonly<Record<string, number>>,
): Promise<readonly string[]> => {
  const sentences: string[] = [];
  for (const [name, { capacity }] of Object.entries(topology.tables)) {
    const { local } = capacity;
    if (local === undefined || local === 'on-demand' || Object.hasOwn(setNow, name)) continue;
    const { Table: table } = await dynamodb<Described>('DynamoDB_20120810.DescribeTable', { TableName: name });
    const stands = table.ProvisionedThroughput?.WriteCapacityUnits;
    if (stands === undefined || stands === local.write) continue;
    sentences.push(
      `Table ${name} stands at ${stands} write units a second, as it was set earlier; --capacity ${name}=${local.write} undoes it.`,
    );
  }
  return sentences;
};
