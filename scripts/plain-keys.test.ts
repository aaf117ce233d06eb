import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { findFaults, rooms } from './plain-keys.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

let planted = '';
afterEach(() => planted !== '' && rmSync(planted, { recursive: true, force: true }));

/** In a folder of the repository, so that the planted source finds zod. */
const plant = (text: string): readonly string[] => {
  mkdirSync(join(root, 'node_modules/.penstock'), { recursive: true });
  planted = mkdtempSync(join(root, 'node_modules/.penstock/plain-keys-'));
  mkdirSync(join(planted, 'shop/src'), { recursive: true });
  writeFileSync(join(planted, 'shop/tsconfig.json'), '{"compilerOptions":{"strict":true,"module":"nodenext"}}');
  const types = 'type Table = Record<string, number>; type Tea = "black" | "green";';
  writeFileSync(join(planted, 'shop/src/planted.ts'), `import * as z from 'zod';\n${types}\n${text}\n`);
  return findFaults(planted, ['shop']).map(({ line, rule }) => `${line} ${rule}`);
};

describe('[T10] text as a key', () => {
  it('is nowhere in this repository', { timeout: 120_000 }, () => {
    expect(findFaults(root, rooms)).toEqual([]);
  });

  it.each([
    ['a lookup', 'export const f = (t: Table, k: string) => t[k];', 'a lookup by text'],
    ['a lookup that may find no table', 'export const f = (t: Table | undefined, k: string) => t?.[k];', 'a lookup'],
    [
      'a lookup by a text that is made',
      'export const f = (t: Table, k: string) => t[`a-$' + '{k}`];',
      'a lookup by text',
    ],
    ['a write', 'export const f = (t: Table, k: string) => { t[k] = 1; };', 'a write under text'],
    ['a count', 'export const f = (t: Table, k: string) => { t[k] += 1; };', 'a write under text'],
    ['in', 'export const f = (t: Table, k: string) => k in t;', '`in` with text'],
    ['a key without a type', 'export const f = (t: Table, k: any) => t[k];', 'a lookup by text'],
    ['a record', 'export const s = z.record(z.string().min(1), z.number());', 'z.record with text'],
    ['a case that is not argued', '// plain-keys:\nexport const f = (t: Table, k: string) => t[k];', 'a lookup'],
  ])('is caught: %s', (_what, text, rule) => {
    expect(plant(text)).toEqual([expect.stringContaining(` ${rule}`)]);
  });

  it('is not what these are', () => {
    const fine = [
      'export const a = (list: readonly number[], at: number) => list[at];',
      'export const b = (t: Record<Tea, number>, k: Tea) => t[k];',
      'export const c = (t: Map<string, number>, k: string) => t.get(k);',
      "export const d = (t: object) => 'tea' in t;",
      "export const e = z.record(z.enum(['black', 'green']), z.number());",
      'export const f = (t: Table, k: string) => t[k]; // plain-keys: the names are ours, from topology.json.',
      '// plain-keys: a file of the repository.',
      'export const g = z.record(z.string(), z.number());',
    ];
    expect(plant(fine.join('\n'))).toEqual([]);
  });
});
