import { describe, expect, it } from 'vitest';
import { grantsOf, isGranted } from '#grants';
import { loadTopology } from '#topology';

const topology = loadTopology(new URL('../../topology.json', import.meta.url));
const may = (caller: string, action: string, resource: string) => isGranted(topology, { caller, action, resource });

describe('grants', () => {
  it.each([
    ['place-orders', 'dynamodb:PutItem', 'table/orders', true],
    ['place-orders', 'dynamodb:DeleteItem', 'table/orders', false],
    ['shop-catalogue', 'dynamodb:PutItem', 'table/products', false],
    ['admin-orders', 'dynamodb:Query', 'table/orders/index/open', true],
    ['admin-orders', 'dynamodb:Query', 'table/orders', false],
    ['admin-uploads', 's3:PutObject', 'bucket/images/incoming/abc', true],
    ['admin-uploads', 's3:GetObject', 'bucket/images/public/abc', false],
    ['place-orders', 'sqs:ReceiveMessage', 'queue/orders', true],
    ['place-orders', 'sqs:ReceiveMessage', 'queue/baskets', false],
    ['broadcast-orders', 'dynamodb:GetRecords', 'table/orders/stream', true],
    ['broadcast-orders', 'dynamodb:GetRecords', 'table/baskets/stream', false],
    ['operator', 'dynamodb:Scan', 'table/orders', true],
    ['stranger', 'dynamodb:GetItem', 'table/orders', false],
  ])('%s %s on %s: %s', (caller, action, resource, expected) => {
    expect(may(caller, action, resource)).toBe(expected);
  });

  it.each(['nobody', 'constructor', '__proto__', 'toString'])('give nothing to %s, who is no function', (caller) => {
    expect(grantsOf(topology, caller)).toEqual([]);
    expect(isGranted(topology, { caller, action: 'dynamodb:GetItem', resource: 'table/orders' })).toBe(false);
  });

  it('give nobody Scan and no accept path a table of the shop to write (A: the accept path touches no table)', () => {
    const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
    for (const name of Object.keys(topology.functions)) {
      const actions = grantsOf(topology, name).flatMap((grant) => grant.actions);
      expect(actions).not.toContain('dynamodb:Scan');
      if (name.startsWith('shop-')) for (const write of writes) expect(actions).not.toContain(write);
    }
  });
});
