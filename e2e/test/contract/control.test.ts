import { describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { control, drained, exported } from '#http';

const cloud = givenCloud();
type Meters = {
  tables: Record<
    string,
    {
      capacity: unknown;
      requests: number;
      throttled: number;
      consumed: { useful: number; failed: number; cancelled: number };
    }
  >;
  queues: Record<
    string,
    { visible: number; inFlight: number; delayed: number; oldestAgeMs: number; deadLetters: number }
  >;
  workers: object;
};

describe('the control address', () => {
  it('says when queues and stream readers are empty', async () => {
    await drained(cloud);
  });

  it('meters tables, queues and workers, and starts over on request', async () => {
    const meters = (await control<Meters>(cloud, 'GET', '/meters')).body;
    expect(Object.keys(meters.tables)).toEqual(expect.arrayContaining(['products', 'baskets', 'orders']));
    expect(meters.tables.orders).toMatchObject({
      requests: expect.any(Number),
      throttled: expect.any(Number),
      consumed: { useful: expect.any(Number) },
    });
    expect(meters.queues.orders).toMatchObject({
      visible: expect.any(Number),
      inFlight: expect.any(Number),
      delayed: expect.any(Number),
      deadLetters: 0,
    });
    expect((await control(cloud, 'DELETE', '/meters')).status).toBeLessThan(300);
  });

  it('moves capacity live and refuses nonsense by name', async () => {
    expect((await control(cloud, 'PUT', '/capacity', { orders: { writePerSecond: 300 } })).status).toBeLessThan(300);
    for (const [body, named] of [
      [{ orders: { writePerSecond: 0 } }, 'writePerSecond'],
      [{ orders: { writePerSecond: 'many' } }, 'writePerSecond'],
      [{ pencils: { writePerSecond: 1 } }, 'pencils'],
      [{ orders: { burstSeconds: 301 } }, 'burstSeconds'],
    ] as const) {
      const answer = await control(cloud, 'PUT', '/capacity', body);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([
        expect.toSatisfy((status: number) => status >= 400 && status < 500),
        expect.stringContaining(named),
      ]);
    }
  });

  it('takes faults and gives them back', async () => {
    expect((await control(cloud, 'PUT', '/faults', { seed: 1, sqs: { duplicateShare: 0.5 } })).status).toBeLessThan(
      300,
    );
    expect((await control(cloud, 'DELETE', '/faults')).status).toBeLessThan(300);
    const answer = await control(cloud, 'PUT', '/faults', { sqs: { duplicateShare: 2 } });
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([
      expect.toSatisfy((status: number) => status >= 400 && status < 500),
      expect.stringContaining('duplicateShare'),
    ]);
  });

  it('exports what is really stored', async () => {
    expect((await exported<{ id: string }>(cloud, 'products')).length).toBeGreaterThanOrEqual(55);
    for (const edit of await exported<{ delta: number }>(cloud, 'stock-edits'))
      expect(Number.isInteger(edit.delta)).toBe(true);
  });

  it('answers unknown paths and parts without a 5xx', async () => {
    expect((await control(cloud, 'GET', '/nothing')).status).toBe(404);
    expect((await control(cloud, 'POST', '/parts/kettle/kill', {})).status).toBe(404);
  });
});
