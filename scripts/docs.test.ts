import { describe, expect, it } from 'vitest';
import { checkPage, type World } from './docs.ts';

const world: World = {
  exists: (path) => ['docs/data.md', 'domain/src/views.ts', 'domain/src/views.test.ts'].includes(path),
  read: () => "it('hides the address')",
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
    ['a command that runs a file that is gone', '`node scripts/gone.ts`'],
  ])('are caught with %s', (_what, text) => {
    expect(check(text)).toHaveLength(1);
  });
});
