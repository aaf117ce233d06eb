import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hopsOf, readTraceArguments, traceOrder } from '#trace';

const orderId = '01hv0000000000000000000001';
const other = '01hv0000000000000000000002';
const nowhere = async () => undefined;
const line = (second: string, event: string, more: object = {}): string =>
  JSON.stringify({ time: `2026-01-02T00:00:0${second}Z`, level: 'info', function: 'f', event, ...more });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-trace-'));
  mkdirSync(join(folder, 'logs'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const write = (...lines: readonly string[]): void =>
  writeFileSync(join(folder, 'logs', 'penstock.jsonl'), lines.join('\n'));

describe('the hops of an order', () => {
  it('are the lines that name it and those of the call that it came with, oldest first', () => {
    const lines = [
      line('3.000', 'order-told', { orderId, topic: 'order' }),
      line('1.000', 'request', { correlationId: 'c-1', status: 202 }),
      line('2.000', 'order-placed', { orderId, correlationId: 'c-1' }),
      line('2.500', 'order-placed', { orderId: other, correlationId: 'c-1' }),
      line('2.600', 'request', { correlationId: 'c-2' }),
    ];
    expect(hopsOf(lines, orderId).map(({ event }) => event)).toEqual(['request', 'order-placed', 'order-told']);
  });

  it('leave out what only mentions it, and a last line that is half written', () => {
    const lines = [
      line('1.000', 'order-placed', { orderId }),
      line('2.000', 'said', { errorMessage: `about ${orderId}` }),
      line('3.000', 'order-told', { orderId }).slice(0, -5),
    ];
    expect(hopsOf(lines, orderId).map(({ event }) => event)).toEqual(['order-placed']);
  });

  it('are printed with the time since the first and what matters of each', async () => {
    write(
      line('1.000', 'request', { correlationId: 'c-1', status: 202, durationMs: 7, path: 'hidden' }),
      line('1.250', 'order-placed', { orderId, correlationId: 'c-1', attempts: 2, wcu: 6 }),
    );
    const [head, first = '', second = ''] = (await traceOrder(orderId, folder, nowhere)).split('\n');
    expect(head).toBe(`Order ${orderId}`);
    expect(first).toMatch(/^ +\+0 ms {2}f +request +status 202, durationMs 7$/);
    expect(second).toMatch(/^ +\+250 ms {2}f +order-placed +attempts 2, wcu 6$/);
  });
});

describe('the trace command', () => {
  it.each([undefined, '', 'x', 'Z939P', `${orderId}0`, 'constructor'])('refuses %j with exit code 2', async (given) => {
    await expect(traceOrder(given, folder, nowhere)).rejects.toMatchObject({ exitCode: 2 });
  });

  it.each([
    '01HV0-00000',
    '01hv0-00000',
    '01hv000000',
    'O1HV0-OOOOO',
    ' 01HV0-00000 ',
    orderId.toUpperCase(),
    `http://127.0.0.1:4100/orders/${orderId}`,
    `http://127.0.0.1:4100/orders/${orderId}?receipt=abc#top`,
    `/api/orders/${orderId}`,
  ])('finds the order that is meant by %j', async (given) => {
    write(line('1.000', 'order-placed', { orderId }));
    expect(await traceOrder(given, folder, nowhere)).toContain(`Order ${orderId}\n`);
  });

  it('asks the index of the running cloud for a number that the log does not begin an id with', async () => {
    write(line('1.000', 'order-placed', { orderId: other }));
    const asked: string[] = [];
    const find = async (number: string) => {
      asked.push(number);
      return other;
    };
    expect(await traceOrder('zzzzz-zzzz1', folder, find)).toContain(`Order ${other}`);
    expect(asked).toEqual(['ZZZZZ-ZZZZ1']);
  });

  it('reads the log that was set aside too', async () => {
    write(line('2.000', 'order-told', { orderId }));
    writeFileSync(join(folder, 'logs', 'penstock.jsonl.1'), line('1.000', 'order-placed', { orderId }));
    expect(await traceOrder(orderId, folder, nowhere)).toMatch(/order-placed.*\n.*order-told/);
  });

  it('ends with 3 without a log, and with 1 when the log names no such order', async () => {
    await expect(traceOrder(orderId, folder, nowhere)).rejects.toMatchObject({ exitCode: 3 });
    write(line('1.000', 'order-placed', { orderId: other }));
    await expect(traceOrder(orderId, folder, nowhere)).rejects.toMatchObject({ exitCode: 1 });
    await expect(traceOrder('01HV0-00009', folder, nowhere)).rejects.toMatchObject({ exitCode: 1 });
  });

  it.each([
    [[orderId], {}, { order: orderId, data: '.penstock' }],
    [[orderId], { PENSTOCK_DATA: '/e' }, { order: orderId, data: '/e' }],
    [[orderId, '--data', '/d'], { PENSTOCK_DATA: '/e' }, { order: orderId, data: '/d' }],
    [['--data', '/d', orderId], {}, { order: orderId, data: '/d' }],
    [['--data=/d', orderId], {}, { order: orderId, data: '/d' }],
    [[], {}, { order: undefined, data: '.penstock' }],
  ])('reads %j with the environment %j', (args, environment, wanted) => {
    expect(readTraceArguments(args, environment)).toEqual(wanted);
  });

  it.each([[['--data']], [['--data=']]])('refuses %j, which names no folder', (args) => {
    expect(() => readTraceArguments(args, {})).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
