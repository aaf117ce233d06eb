import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { asTable, atRest, perMillion, readTopology, total } from './cost.ts';

const page = readFileSync(fileURLToPath(new URL('../docs/operations.md', import.meta.url)), 'utf8');

describe('the costs of docs/operations.md', () => {
  it.each(['dev', 'staging', 'prod'] as const)('are those that the topology makes at rest: %s', (environment) => {
    expect(page).toContain(`| ${environment} | $${total(atRest(readTopology(), environment)).toFixed(0)} |`);
  });

  it('show their sums', () => {
    expect(page).toContain(asTable(atRest(readTopology(), 'prod')));
    expect(page).toContain(asTable(perMillion('orders')));
    expect(page).toContain(asTable(perMillion('basket ops')));
  });
});

describe('the cost of a table', () => {
  const one = { capacity: { prod: { write: 100, read: 0 } } };

  it('counts each index as a table, and nothing that is paid by use', () => {
    const rows = (indexes: object) => atRest({ tables: { one: { ...one, indexes } } }, 'prod')[0]?.usd ?? 0;
    expect(rows({})).toBeCloseTo(100 * 0.00065 * 730);
    expect(rows({ a: {}, b: {} })).toBeCloseTo(3 * 100 * 0.00065 * 730);
    expect(atRest({ tables: { one: { indexes: {}, capacity: { prod: 'on-demand' } } } }, 'prod')[0]?.what).toBe(
      'alarms',
    );
  });
});
