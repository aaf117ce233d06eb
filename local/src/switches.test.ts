import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AttributeValue, marshalRow, unmarshalRow } from '#attribute-values';
import type { AwsCall } from '#aws-call';
import { readSwitchArguments, runSwitch } from '#switch-command';
import { followSources, readSwitches, setSwitches } from '#switches';

const sources = ['place-orders', 'fold-baskets'];

/** An engine that keeps one row, and does as much of UpdateItem as the switches use. */
const makeEngine = (stored: object = {}) => {
  let row: Record<string, unknown> = { ...stored };
  const engine = (async (target: string, body: Readonly<Record<string, unknown>>) => {
    if (target.endsWith('GetItem')) return Object.keys(row).length === 0 ? {} : { Item: marshalRow(row) };
    const values = unmarshalRow(body.ExpressionAttributeValues as Readonly<Record<string, AttributeValue>>);
    row = { ...row, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(1), value])) };
    return {};
  }) as AwsCall;
  return { engine, replace: (next: object) => (row = { ...next }) };
};

describe('the row of the switches', () => {
  it('has everything running when nothing was ever switched', async () => {
    const { engine } = makeEngine();
    expect(await readSwitches(engine)).toEqual({ ordersPaused: false, adminReadOnly: false, sourcesPaused: [] });
  });

  it('sets what is given and leaves the rest', async () => {
    const { engine } = makeEngine();
    await setSwitches(engine, { ordersPaused: true }, sources);
    await setSwitches(engine, { source: { name: 'place-orders', paused: true } }, sources);
    const last = await setSwitches(engine, { source: { name: 'fold-baskets', paused: true } }, sources);
    expect(last).toMatchObject({ switches: { ordersPaused: true, sourcesPaused: ['place-orders', 'fold-baskets'] } });
    const resumed = await setSwitches(engine, { source: { name: 'place-orders', paused: false } }, sources);
    expect(resumed).toMatchObject({ switches: { ordersPaused: true, sourcesPaused: ['fold-baskets'] } });
  });

  it.each([
    [{ source: { name: 'place-cards', paused: true } }, /no event source place-cards.*place-orders/],
    [{ orders: 'off' }, /orders/],
    [undefined, /expected object/],
  ])('refuses %j and changes nothing', async (body, message) => {
    const { engine } = makeEngine();
    const answer = await setSwitches(engine, body, sources);
    expect(answer.ok ? '' : answer.message).toMatch(message);
    expect((await readSwitches(engine)).ordersPaused).toBe(false);
  });
});

describe('the follower of the sources', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells at the start and at every change, and nothing in between', async () => {
    const { engine, replace } = makeEngine({ sourcesPaused: ['place-orders'] });
    const told: (readonly string[])[] = [];
    const follower = followSources(
      engine,
      (paused) => void told.push(paused),
      () => undefined,
    );
    await vi.advanceTimersByTimeAsync(3000);
    replace({ sourcesPaused: [] });
    await vi.advanceTimersByTimeAsync(3000);
    follower.stop();
    expect(told).toEqual([['place-orders'], []]);
  });

  it('complains of a database that is away and goes on looking', async () => {
    const complaints: string[] = [];
    const away = (async () => Promise.reject(new Error('away'))) as AwsCall;
    const follower = followSources(
      away,
      () => undefined,
      (reason) => void complaints.push(reason),
    );
    await vi.advanceTimersByTimeAsync(1500);
    follower.stop();
    expect(complaints).toEqual(['away', 'away']);
  });
});

describe('npm run switch', () => {
  it.each([
    ['orders off', { ordersPaused: true }],
    ['orders on', { ordersPaused: false }],
    ['admin read-only', { adminReadOnly: true }],
    ['admin open', { adminReadOnly: false }],
    ['source place-orders off', { source: { name: 'place-orders', paused: true } }],
    ['source place-orders on', { source: { name: 'place-orders', paused: false } }],
  ])('%s', (line, change) => {
    expect(readSwitchArguments(line.split(' '), {})).toEqual({ change, data: '.penstock' });
    expect(readSwitchArguments([...line.split(' '), '--data', 'here'], {})).toEqual({ change, data: 'here' });
  });

  it.each(['orders', 'orders maybe', 'source off', 'admin off', 'lights out'])(
    'refuses "%s" with the usage',
    (line) => {
      expect(() => readSwitchArguments(line.split(' '), {})).toThrow(/^switch: give/);
    },
  );

  it('says what stands', async () => {
    const fetched: unknown[] = [];
    vi.stubGlobal('fetch', async (url: string, options: object) => {
      fetched.push(url, options);
      return Response.json({ ordersPaused: true, adminReadOnly: false, sourcesPaused: ['place-orders'] });
    });
    const text = await runSwitch('http://127.0.0.1:1', { ordersPaused: true });
    vi.unstubAllGlobals();
    expect(text).toBe(
      'Orders: off, the shop answers orders-paused.\nBack office: open.\nEvent sources: place-orders off.',
    );
    expect(fetched).toMatchObject(['http://127.0.0.1:1/switches', { method: 'PUT', body: '{"ordersPaused":true}' }]);
  });
});
