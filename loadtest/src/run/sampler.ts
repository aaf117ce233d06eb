import { cpus } from 'node:os';
import type { Sample, TableSample } from '#record';
import { callControl } from '#run/control';
import { entriesOf, numberOf } from '#run/json';

const everyMs = 1000;

export type Sampler = { readonly samples: readonly Sample[]; readonly stop: () => Promise<void> };

/** Reads the meters once a second until it is stopped, and once more then. To stop it again changes nothing. */
export const startSampler = (controlUrl: string, tell: (sample: Sample) => void): Sampler => {
  const samples: Sample[] = [];
  let isStopped = false;
  let wake: () => void = () => undefined;
  let busyBefore = busyTime();
  const look = async (): Promise<void> => {
    const meters = await readMeters(controlUrl);
    if (meters === undefined) return;
    const busyNow = busyTime();
    const sample = sampleOf(meters, shareBetween(busyBefore, busyNow));
    busyBefore = busyNow;
    samples.push(sample);
    tell(sample);
  };
  const looking = (async () => {
    while (!isStopped) {
      const begunMs = Date.now();
      await look();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, everyMs - (Date.now() - begunMs)));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  let stopped: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    isStopped = true;
    wake();
    await looking;
    await look();
  };
  return {
    samples,
    stop: () => {
      stopped ??= end();
      return stopped;
    },
  };
};

/** A part that was killed is away for a moment: then this second has no sample, and the chart a gap. */
const readMeters = async (controlUrl: string): Promise<unknown> => {
  try {
    return JSON.parse(await callControl(controlUrl, 'GET', '/meters'));
  } catch {
    return undefined;
  }
};

const sampleOf = (meters: unknown, cpu: number): Sample => {
  const [, tables] = entriesOf(meters).find(([name]) => name === 'tables') ?? [];
  const [, queues] = entriesOf(meters).find(([name]) => name === 'queues') ?? [];
  return {
    atMs: Date.now(),
    cpu,
    tables: Object.fromEntries(entriesOf(tables).map(([name, table]) => [name, tableOf(table)])),
    queues: Object.fromEntries(
      entriesOf(queues).map(([name, queue]) => [
        name,
        {
          waiting: numberOf(queue, 'visible') + numberOf(queue, 'inFlight') + numberOf(queue, 'delayed'),
          oldestAgeMs: numberOf(queue, 'oldestAgeMs'),
          deadLetters: numberOf(queue, 'deadLetters'),
        },
      ]),
    ),
    opsPerWrite: numberOf(meters, 'workers', 'opsPerWrite'),
    ordersPerCommit: numberOf(meters, 'workers', 'ordersPerCommit'),
  };
};

const tableOf = (table: unknown): TableSample => ({
  capacity: numberOf(table, 'capacity', 'write'),
  requests: numberOf(table, 'requests'),
  throttled: numberOf(table, 'throttled'),
  useful: numberOf(table, 'consumed', 'useful'),
  failed: numberOf(table, 'consumed', 'failed'),
  cancelled: numberOf(table, 'consumed', 'cancelled'),
  indexUnits: entriesOf(entriesOf(table).find(([name]) => name === 'indexes')?.[1]).reduce(
    (sum, [, index]) =>
      sum +
      numberOf(index, 'consumed', 'useful') +
      numberOf(index, 'consumed', 'failed') +
      numberOf(index, 'consumed', 'cancelled'),
    0,
  ),
});

type Busy = { readonly busy: number; readonly all: number };

const busyTime = (): Busy =>
  cpus().reduce(
    (sum, { times }) => {
      const all = times.user + times.nice + times.sys + times.idle + times.irq;
      return { busy: sum.busy + all - times.idle, all: sum.all + all };
    },
    { busy: 0, all: 0 },
  );

const shareBetween = (before: Busy, now: Busy): number =>
  now.all === before.all ? 0 : (now.busy - before.busy) / (now.all - before.all);
