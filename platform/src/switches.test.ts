import { afterEach, describe, expect, it, vi } from 'vitest';
import { allRunning, makeSwitchReader, type Switches } from '#switches';

const paused: Switches = { ...allRunning, ordersPaused: true };

/** A reader over one row, on fake time: what is set is what a reading that begins from then on finds. */
const makeReader = ({ latencyMs = 0, isAway = false, row = allRunning } = {}) => {
  vi.useFakeTimers({ now: 1_000_000 });
  const world = { row, latencyMs, isAway, readings: 0 };
  const read = async () => {
    world.readings += 1;
    const found = world.row;
    const { isAway: failed } = world;
    await new Promise((resolve) => setTimeout(resolve, world.latencyMs));
    if (failed) throw new Error('away');
    return found;
  };
  const reader = makeSwitchReader({ store: { read }, clock: { now: () => Date.now() } });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { world, reader, pass };
};
afterEach(() => vi.useRealTimers());

describe.each([0, 250, 1000])('[B5] a switch, with tables that take %i ms', (latencyMs) => {
  it.each([
    ['off', allRunning, paused],
    ['on', paused, allRunning],
  ])(
    '%s holds for every call after two seconds: also for several in one tick, however long it was quiet',
    async (_, before, after) => {
      for (const quietMs of [2000, 2001, 4000, 60_000]) {
        const { world, reader, pass } = makeReader({ latencyMs, row: before });
        const first = reader.read();
        await pass(latencyMs);
        expect(await first).toEqual(before);
        world.row = after;
        await pass(quietMs);
        const calls = [reader.read(), reader.read(), reader.read()];
        await pass(latencyMs);
        expect(await Promise.all(calls)).toEqual([after, after, after]);
      }
    },
  );

  it('holds for the first call of a fresh instance', async () => {
    const { reader, pass, world } = makeReader({ latencyMs, row: paused });
    const calls = [reader.read(), reader.read()];
    await pass(latencyMs);
    expect(await Promise.all(calls)).toEqual([paused, paused]);
    expect(world.readings).toBe(1);
  });
});

describe('the reader of the switches', () => {
  it.each([0, 250])('lets only the first call of steady traffic wait (%i ms)', async (latencyMs) => {
    const { world, reader, pass } = makeReader({ latencyMs });
    const first = reader.read();
    await pass(latencyMs);
    await first;
    world.row = paused;
    const setAtMs = Date.now();
    for (let calls = 0; calls < 40; calls += 1) {
      await pass(100);
      const beganMs = Date.now();
      const answer = reader.read();
      await pass(0);
      const found = await Promise.race([answer, Promise.resolve('waits')]);
      expect(found).not.toBe('waits');
      if (beganMs - setAtMs > 2000) expect(found).toEqual(paused);
    }
  });

  it('keeps a reading for a second, and asks once for all who come then', async () => {
    const { reader, pass, world } = makeReader();
    for (const ms of [0, 500, 500]) {
      await pass(ms);
      const reading = reader.read();
      await pass(0);
      await reading;
    }
    expect(world.readings).toBe(1);
  });

  it('keeps the last word when the table is away, asks once a second, and says so', async () => {
    const { reader, pass, world } = makeReader({ row: paused });
    const first = reader.read();
    await pass(0);
    await first;
    expect(reader.isCurrent()).toBe(true);
    world.isAway = true;
    await pass(3000);
    for (let calls = 0; calls < 10; calls += 1) {
      const reading = reader.read();
      await pass(0);
      expect(await reading).toEqual(paused);
    }
    expect(world.readings).toBe(2);
    expect(reader.isCurrent()).toBe(false);
  });

  it('waits a second and a half at most for a table that hangs, and only from when it was asked', async () => {
    const { reader, pass, world } = makeReader({ latencyMs: 60_000 });
    const calls = [reader.read()];
    await pass(1000);
    calls.push(reader.read());
    await pass(500);
    expect(await Promise.all(calls)).toEqual([allRunning, allRunning]);
    const late = reader.read();
    await pass(0);
    expect(await late).toEqual(allRunning);
    expect(world.readings).toBe(1);
  });
});
