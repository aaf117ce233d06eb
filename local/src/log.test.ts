import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLogger } from '@penstock/platform/logger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Log, openLog } from '#log';

let folder = '';
let log: Log;
const file = () => join(folder, 'penstock.jsonl');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-log-'));
  log = openLog(file(), false);
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const linesOfFile = async (): Promise<readonly Record<string, unknown>[]> => {
  await log.close();
  const text = readFileSync(file(), 'utf8');
  log = openLog(file(), false);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

/** The workers' own logger: the meters must count what it writes, not what a test makes up. */
const worker = (functionName: string) =>
  makeLogger({ functionName, level: 'info', now: () => 0, write: (line) => log.line(line.trimEnd()) });

describe('the meters of the workers', () => {
  it('start at nought', () => {
    expect(log.workers()).toEqual({ opsPerWrite: 0, ordersPerCommit: 0 });
  });

  it('count the ops of the folds that wrote', () => {
    const baskets = worker('fold-baskets');
    baskets.info('basket-folded', { outcome: 'written', folded: 7, wcu: 2 });
    baskets.info('basket-folded', { outcome: 'written', folded: 2, wcu: 2 });
    baskets.info('basket-folded', { outcome: 'unchanged', folded: 9, wcu: 0 });
    expect(log.workers().opsPerWrite).toBe(4.5);
  });

  it('count the orders of a commit, not the lines of its orders', () => {
    const orders = worker('place-orders');
    orders.info('orders-committed', { count: 4, wcu: 20, attempts: 1 });
    orders.info('orders-committed', { count: 1, wcu: 6, attempts: 1 });
    orders.info('order-placed', { orderId: 'o', count: 12 });
    expect(log.workers().ordersPerCommit).toBe(2.5);
  });

  it('pass over a line that names an event and cannot be read', () => {
    log.line('{"event":"basket-folded"');
    log.line('{"event":"orders-committed", half');
    expect(log.workers()).toEqual({ opsPerWrite: 0, ordersPerCommit: 0 });
  });

  it('begin anew when they are cleared', () => {
    worker('fold-baskets').info('basket-folded', { outcome: 'written', folded: 7 });
    log.resetWorkers();
    expect(log.workers()).toEqual({ opsPerWrite: 0, ordersPerCommit: 0 });
  });
});

describe('the log file', () => {
  it('keeps the JSON lines of functions as they are', async () => {
    worker('place-orders').info('order-placed', { orderId: 'o1' });
    expect(await linesOfFile()).toMatchObject([{ function: 'place-orders', event: 'order-placed', orderId: 'o1' }]);
  });

  it.each(['(node:7) Warning: old', '{ not: "json" }', '{"cut":', ''])(
    'stays JSON lines when a function prints %j',
    async (text) => {
      log.line(text);
      expect(await linesOfFile()).toMatchObject([{ level: 'info', event: 'said', errorMessage: text }]);
    },
  );

  it('takes what the supervisor says, and what came before stays', async () => {
    log.event('error', 'stop-failed', { errorMessage: 'no' });
    await linesOfFile();
    log.event('info', 'again');
    expect(await linesOfFile()).toMatchObject([
      { level: 'error', function: 'supervisor', event: 'stop-failed', errorMessage: 'no' },
      { level: 'info', event: 'again' },
    ]);
  });

  it('is said aloud too with --verbose', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const aloud = openLog(join(folder, 'aloud.jsonl'), true);
    aloud.line('{"event":"hello"}');
    await aloud.close();
    expect(said).toHaveBeenCalledWith('{"event":"hello"}\n');
    said.mockRestore();
  });
});
