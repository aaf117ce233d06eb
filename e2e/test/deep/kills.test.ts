import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#cloud';
import { control } from '#http';
import { cameBack, ordersWhileKilling } from '#kills';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud(['--capacity', 'orders=200,baskets=200,products=200']);
});
afterAll(async () => {
  await cloud.stop();
});

describe('kill -9 in the middle of a run', () => {
  it.each([
    ['workers', 40],
    ['api', 20],
    ['socket', 10],
  ])(
    'of the %s loses no accepted order and applies none twice',
    async (part, count) => {
      expect(await ordersWhileKilling(cloud, part, count)).toEqual({
        accepted: count,
        statuses: ['placed'],
        unitsSold: count,
      });
    },
    240_000,
  );

  it('by the control address answers 202 and the part comes back by itself', async () => {
    const before = cloud.now().parts.find((part) => part.name === 'workers')?.pid ?? 0;
    expect((await control(cloud, 'POST', '/parts/workers/kill', { signal: 'SIGKILL' })).status).toBe(202);
    await cameBack(cloud, 'workers', before);
  });
});
