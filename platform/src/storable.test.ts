import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeDynamoDb } from '#clients';
import { makeDynamoDbOrderStore } from '#dynamodb-order-store';
import { storageFault, ValueNotStorable } from '#storable';
import { faultKindOf } from '#table-fault';
import { orderOf } from '#testing/drain-rows';

beforeEach(() => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:1');
});
afterEach(() => vi.unstubAllEnvs());

class Money {
  readonly amountMinor = 1;
}
const sendOf = (item: Record<string, unknown>) =>
  makeDynamoDb('worker')
    .send(new PutCommand({ TableName: 'orders', Item: item }))
    .catch((error: unknown) => error);

describe('a value that no table holds', () => {
  it.each([
    ['a total beyond 2^53 - 1', { id: 'a', totalMinor: 99e15 }],
    ['a map with a line called constructor', { id: 'a', lines: { constructor: { quantity: 2 } } }],
    ['an object that is no plain data', { id: 'a', money: new Money() }],
    ['a number that is none', { id: 'a', quantity: Number.NaN }],
  ])('[G1] is a fault of the message, found before anything is sent: %s', async (_what, item) => {
    const error = await sendOf(item);
    expect(error).toBeInstanceOf(ValueNotStorable);
    expect(faultKindOf(error)).toBe('invalid');
  });

  it('[G1] is found inside a transaction too', async () => {
    const call = new TransactWriteCommand({
      TransactItems: [{ Put: { TableName: 'orders', Item: { id: 'a', totalMinor: 2 ** 53 } } }],
    });
    await expect(makeDynamoDb('worker').send(call)).rejects.toThrow('greater than Number.MAX_SAFE_INTEGER');
  });

  it('[G1] is not taken for one when the world is at fault', async () => {
    const away = await sendOf({ id: 'a', note: undefined, totalMinor: 1 });
    expect([away instanceof ValueNotStorable, faultKindOf(away)]).toEqual([false, 'unanswered']);
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', undefined);
    const unset = await sendOf({ id: 'a' });
    expect([unset instanceof ValueNotStorable, faultKindOf(unset)]).not.toContain('invalid');
  });

  it('[D6] is named by its place in a plan, before anything is sent', async () => {
    const orders = makeDynamoDbOrderStore({
      db: makeDynamoDb('worker'),
      settings: { tableName: (table) => table },
    });
    const rows = [orderOf({ id: 'a' }), orderOf({ id: 'b', totalMinor: 2 ** 53 })];
    expect(await orders.commitPlan({ orders: rows, decrements: [], at: '2026-01-01T00:00:00.000Z' })).toMatchObject({
      outcome: 'cancelled',
      orders: ['none', 'invalid'],
      error: expect.any(ValueNotStorable),
    });
  });

  it('is told by itself', () => {
    expect(storageFault({ a: [1, 'text', null, { b: undefined }] })).toBeUndefined();
    expect(storageFault({ a: 2 ** 53 })).toBeInstanceOf(ValueNotStorable);
  });
});
