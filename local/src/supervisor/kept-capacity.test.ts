import { loadTopology } from '@penstock/platform/topology';
import { describe, expect, it } from 'vitest';
import type { AwsCall } from '#aws-call';
import { topologyPath } from '#config';
import { keptCapacities } from '#supervisor/kept-capacity';

const topology = loadTopology(topologyPath);
const standing =
  (orders: number): AwsCall =>
  async <T>(_target: string, body: object) =>
    ({
      Table: {
        ProvisionedThroughput: {
          WriteCapacityUnits: (body as { TableName: string }).TableName === 'orders' ? orders : 50,
        },
      },
    }) as T;

describe('a capacity that was set earlier', () => {
  it('is said at the start, with what undoes it', async () => {
    expect(await keptCapacities(topology, standing(2), {})).toEqual([
      'Table orders stands at 2 write units a second, as it was set earlier; --capacity orders=50 undoes it.',
    ]);
  });

  it('is not spoken of where nothing was set, or this start sets it', async () => {
    expect(await keptCapacities(topology, standing(50), {})).toEqual([]);
    expect(await keptCapacities(topology, standing(2), { orders: 2 })).toEqual([]);
  });
});
