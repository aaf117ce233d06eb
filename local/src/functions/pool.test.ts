import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionSpec } from '#functions/instance';
import { type FunctionPool, makeFunctionPool } from '#functions/pool';
import { eventually } from '#supervisor/testing/processes';

/** A bundle that does as the event says, and counts its own events: an instance keeps its state, as a sandbox does. */
const bundle = `
let handled = 0;
export const handler = async (event, context) => {
  handled += 1;
  if (event.print) console.log(event.print);
  if (event.complain) console.error(event.complain);
  if (event.sleepMs) await new Promise((resolve) => setTimeout(resolve, event.sleepMs));
  if (event.spin) for (;;);
  if (event.exit) process.exit(3);
  if (event.fill) { const hoard = []; for (;;) hoard.push(new Array(1e5).fill('x' + hoard.length)); }
  if (event.throws) throw new RangeError(event.throws);
  if (event.circular) { const value = {}; value.value = value; return value; }
  if (event.nothing) return undefined;
  return { handled, release: 1, date: new Date(0), gone: undefined, name: process.env.NAME, home: process.env.HOME ?? null,
    remainingMs: context.getRemainingTimeInMillis(), functionName: context.functionName, requestId: context.awsRequestId };
};`;

let folder = '';
let pool: FunctionPool | undefined;
const lines: string[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-pool-'));
  writeFileSync(join(folder, 'index.mjs'), bundle);
  writeFileSync(join(folder, 'broken.mjs'), 'throw new Error("The table name is not set.");');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await pool?.end();
  lines.length = 0;
});

const open = (more: Partial<FunctionSpec> = {}): FunctionPool => {
  pool = makeFunctionPool({
    functions: [
      {
        name: 'f',
        bundle: join(folder, 'index.mjs'),
        timeoutMs: 5000,
        memoryMb: 128,
        concurrency: 2,
        env: { NAME: 'own' },
        ...more,
      },
    ],
    log: (line) => lines.push(line),
  });
  return pool;
};
describe('a pool that is told to hurry', () => {
  const wait = `export const handler = async (event, context) => {
  while (context.getRemainingTimeInMillis() > 1000) await new Promise((resolve) => setTimeout(resolve, 5));
  return context.getRemainingTimeInMillis();
};`;

  it('tells events under way, and those that come later, that their time is nearly up', async () => {
    writeFileSync(join(folder, 'waits.mjs'), wait);
    const hurried = open({ bundle: join(folder, 'waits.mjs'), timeoutMs: 60_000 });
    const underWay = hurried.invoke('f', {});
    await eventually(() => (hurried.busy() === 1 ? true : undefined));
    hurried.hurry();
    const answers = [await underWay, ...(await Promise.all([hurried.invoke('f', {}), hurried.invoke('f', {})]))];
    for (const answer of answers) expect(answer).toEqual({ ok: true, value: expect.any(Number) });
    for (const answer of answers) expect(answer.ok && answer.value).toBeLessThanOrEqual(1000);
  });
});

describe('a pool whose callers do not wait for ever', () => {
  const openBounded = (waiting: { readonly eventsMax: number; readonly maxMs: number }): FunctionPool => {
    const spec = {
      name: 'f',
      bundle: join(folder, 'index.mjs'),
      timeoutMs: 5000,
      memoryMb: 128,
      concurrency: 1,
      env: {},
    };
    pool = makeFunctionPool({ functions: [spec], log: (line) => lines.push(line), waiting });
    return pool;
  };

  it('refuses the event that finds too many before it, and handles the others', async () => {
    const bounded = openBounded({ eventsMax: 2, maxMs: 5000 });
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => bounded.invoke('f', { sleepMs: 50 })));
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused.length).toBeGreaterThanOrEqual(1);
    expect(refused).toMatchObject(refused.map(() => ({ error: { errorType: 'TooManyRequestsException' } })));
    expect(outcomes.filter((outcome) => outcome.ok).length).toBeGreaterThanOrEqual(2);
    expect(await bounded.invoke('f', {})).toMatchObject({ ok: true });
  });

  it('gives up an event that waited for too long, and does not run it later', async () => {
    const bounded = openBounded({ eventsMax: 9, maxMs: 100 });
    // A busy machine takes longer than that to start one.
    await bounded.warm();
    await bounded.invoke('f', {});
    const first = bounded.invoke('f', { sleepMs: 300 });
    expect(await bounded.invoke('f', {})).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    await first;
    expect(await bounded.invoke('f', {})).toMatchObject({ ok: true, value: { handled: 3 } });
  });

  it('tells the event when an instance cannot even be started, and tries again for the next', async () => {
    let starts = 0;
    const spec = { name: 'f', bundle: '', timeoutMs: 1, memoryMb: 1, concurrency: 1, env: {} };
    const start = () => {
      starts += 1;
      throw new Error('EMFILE: too many open files');
    };
    pool = makeFunctionPool({ functions: [spec], log: (line) => lines.push(line), start });
    await expect(pool.invoke('f', {})).rejects.toThrow('EMFILE');
    await expect(pool.invoke('f', {})).rejects.toThrow('EMFILE');
    expect(starts).toBe(2);
  });
});

const answerOf = async (started: FunctionPool, event: object = {}): Promise<Record<string, unknown>> => {
  const outcome = await started.invoke('f', event);
  if (!outcome.ok) throw new Error(outcome.error.errorMessage);
  return outcome.value as Record<string, unknown>;
};

describe('a function', () => {
  it('starts at its first event, with its own environment alone, and is kept for the next', async () => {
    const started = open();
    expect(await answerOf(started)).toEqual({
      handled: 1,
      release: 1,
      // What passes is JSON, as on AWS.
      date: '1970-01-01T00:00:00.000Z',
      name: 'own',
      home: null,
      remainingMs: expect.any(Number),
      functionName: 'f',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(await answerOf(started)).toMatchObject({ handled: 2 });
    expect(await started.invoke('f', { nothing: true })).toEqual({ ok: true, value: null });
  });

  it('knows how much time is left', async () => {
    const { remainingMs } = await answerOf(open({ timeoutMs: 4000 }));
    expect(Number(remainingMs)).toBeGreaterThan(3000);
    expect(Number(remainingMs)).toBeLessThanOrEqual(4000);
  });

  it('tells an error by its type and message, and lives on', async () => {
    const started = open();
    expect(await started.invoke('f', { throws: 'too far' })).toEqual({
      ok: false,
      error: { errorType: 'RangeError', errorMessage: 'too far' },
    });
    expect(await answerOf(started)).toMatchObject({ handled: 2 });
  });

  it.each([
    ['endless work', { spin: true }],
    ['endless waiting', { sleepMs: 60_000 }],
  ])('is ended when its time is up, in %s, and another starts', async (_what, event) => {
    const started = open({ timeoutMs: 300, concurrency: 1 });
    expect(await started.invoke('f', event)).toEqual({
      ok: false,
      error: { errorType: 'Sandbox.Timedout', errorMessage: 'f timed out after 300 ms' },
    });
    expect(await answerOf(started)).toMatchObject({ handled: 1 });
  });

  it.each([
    ['leaves', { exit: true }],
    ['takes more memory than it has', { fill: true }],
    ['answers what JSON cannot carry', { circular: true }],
  ])('that %s fails its event alone, and another starts', async (_what, event) => {
    const started = open({ memoryMb: 32, concurrency: 1, timeoutMs: 20_000 });
    expect(await started.invoke('f', event)).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    expect(await answerOf(started)).toMatchObject({ handled: 1 });
  });

  it('speaks into the log line by line, on both streams', async () => {
    await answerOf(open(), { print: '{"event":"hello"}\nsecond', complain: 'oh' });
    await eventually(() => (lines.length >= 3 ? true : undefined));
    expect(lines).toEqual(expect.arrayContaining(['{"event":"hello"}', 'second', 'oh']));
  });

  it('that cannot be loaded fails every event, and keeps a warm start from nothing', async () => {
    const started = open({ bundle: join(folder, 'broken.mjs') });
    const wanted = {
      ok: false,
      error: {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: expect.stringContaining('The table name is not set.'),
      },
    };
    expect(await started.invoke('f', {})).toEqual(wanted);
    expect(await started.invoke('f', {})).toEqual(wanted);
    await started.warm();
    expect(await started.invoke('f', {})).toEqual(wanted);
  });
});

describe('the pool', () => {
  it('refuses a function that it does not have', async () => {
    await expect(open().invoke('constructor', {})).rejects.toThrow('There is no function constructor here.');
  });

  it('handles as many events at once as the concurrency says; the others wait, none is lost', async () => {
    const started = open({ concurrency: 2 });
    const running = Array.from({ length: 5 }, () => answerOf(started, { sleepMs: 40 }));
    await eventually(() => (started.busy() === 2 ? true : undefined));
    const handled = (await Promise.all(running)).map((value) => Number(value.handled));
    // Five events on two instances: the counts of each run without a gap.
    expect(handled.length).toBe(5);
    expect(handled.filter((count) => count === 1).length).toBe(2);
    expect(started.busy()).toBe(0);
  });

  it('starts one at a time, and meanwhile gives what gets free to those who wait', async () => {
    const started = open({ concurrency: 9 });
    await answerOf(started);
    const handled = await Promise.all(Array.from({ length: 9 }, () => answerOf(started)));
    // The one that was there does most before another is loaded.
    expect(Math.max(...handled.map(({ handled: count }) => Number(count)))).toBeGreaterThan(3);
  });

  it('lets waiting events through when an instance is lost', async () => {
    const started = open({ concurrency: 1, timeoutMs: 200 });
    const lost = started.invoke('f', { spin: true });
    const waiting = [answerOf(started), answerOf(started)];
    expect((await lost).ok).toBe(false);
    expect((await Promise.all(waiting)).map(({ handled }) => handled)).toEqual([1, 2]);
  });

  it('has an instance ready after a warm start', async () => {
    const started = open({ concurrency: 1 });
    await started.warm();
    expect(await answerOf(started)).toMatchObject({ handled: 1 });
  });

  it('runs the new code after a reload; an event in work ends on the old', async () => {
    const started = open({ concurrency: 1, bundle: join(folder, 'index.mjs') });
    await answerOf(started);
    const old = answerOf(started, { sleepMs: 100 });
    await eventually(() => (started.busy() === 1 ? true : undefined));
    writeFileSync(join(folder, 'index.mjs'), bundle.replace('release: 1', 'release: 2'));
    started.reload(['f', 'unheard-of']);
    expect(await old).toMatchObject({ release: 1 });
    expect(await answerOf(started)).toMatchObject({ release: 2, handled: 1 });
    writeFileSync(join(folder, 'index.mjs'), bundle);
    started.reload(['f']);
    expect(await answerOf(started)).toMatchObject({ release: 1, handled: 1 });
  });
});
