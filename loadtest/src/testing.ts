import { auditRun } from '#audit/audit';
import { orderReceipt, stored } from '#audit/testing';
import type { Evidence } from '#bars';
import { planOf } from '#plan';
import type { RunRecord, Sample } from '#record';

/** Factories for tests: a run that is right and calm, to change one thing in. */
export const sample = (
  second: number,
  over: Partial<Sample['tables'][string]> & { readonly waiting?: number } = {},
): Sample => {
  const { waiting = 0, ...table } = over;
  const own = { capacity: 40, requests: 0, throttled: 0, useful: 0, failed: 0, cancelled: 0, indexUnits: 0, ...table };
  const idle = { ...own, requests: 0, throttled: 0, useful: 0, failed: 0, cancelled: 0, indexUnits: 0 };
  return {
    atMs: second * 1000,
    cpu: 0.3,
    tables: { orders: idle, baskets: idle, products: own },
    queues: { orders: { waiting, oldestAgeMs: waiting * 10, deadLetters: 0 } },
    opsPerWrite: 0,
    ordersPerCommit: 0,
  };
};

export const record = (over: Partial<RunRecord> = {}): RunRecord => ({
  schema: 1,
  plan: planOf({
    journey: 'checkout-rush',
    profile: 'overload-5x',
    seed: 7,
    capacity: 12,
    shopApiUrl: 'http://shop',
    socketUrl: 'ws://shop',
  }),
  capacity: 40,
  burstSeconds: 0,
  writePath: 'penstock',
  startedAt: '2026-01-01T00:00:00.000Z',
  loadFromMs: 0,
  loadToMs: 80_000,
  drainedMs: 100_000,
  interrupted: false,
  k6: { exitCode: 0, iterations: 1, dropped: 0, version: 'v2' },
  machine: { cpus: 2, model: 'a machine', memoryMb: 4096, node: 'v22' },
  revision: 'abc',
  held: [],
  ...over,
});

export const evidence = (over: Partial<Evidence> = {}): Evidence => {
  const receipts = over.receipts ?? [orderReceipt()];
  return {
    record: record(),
    samples: [sample(0), sample(80)],
    receipts,
    audit: auditRun(receipts, stored({ baskets: [] }), new Set()),
    ...over,
  };
};
