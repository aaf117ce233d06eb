import { describe, expect, it } from 'vitest';
import { checkDecisions, checkPage, type World } from './docs.ts';

const world: World = {
  exists: (path) => ['docs/data.md', 'domain/src/views.ts', 'domain/src/views.test.ts'].includes(path),
  read: () => "# Keys\n\nit('hides the address')",
  scripts: new Set(['start', 'test']),
};
const check = (text: string) => checkPage({ path: 'docs/page.md', text }, world);

describe('the pages', () => {
  it('may name what exists', () => {
    expect(
      check('[data](data.md#keys), `domain/src/views.ts`, `npm start`, `npm run test`, [out](https://example.com)'),
    ).toEqual([]);
    expect(check('`domain/src/views.test.ts`: "hides the address"')).toEqual([]);
  });

  it.each([
    ['a dead link', '[x](nowhere.md)'],
    ['a path that is gone', '`domain/src/gone.ts`'],
    ['a test that is gone', '`domain/src/views.test.ts`: "hides the address", "hides the name"'],
    ['a script that is gone', '`npm run deploy`'],
    ['a dead anchor', '[x](data.md#rows)'],
    ['a dead anchor of its own', '[x](#nowhere)'],
    ['a command that the promised Node cannot run', '`node scripts/docs.ts`'],
  ])('are caught with %s', (_what, text) => {
    expect(check(text)).toHaveLength(1);
  });
});

describe('the index of decisions', () => {
  it('names every record', () => {
    expect(checkDecisions('[001](001-a.md)', ['001-a.md'])).toEqual([]);
    expect(checkDecisions('[001](001-a.md)', ['001-a.md', '002-b.md'])).toEqual([
      'docs/decisions/README.md: lacks 002-b.md',
    ]);
  });
});
