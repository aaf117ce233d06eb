import { describe, expect, it } from 'vitest';
import { initialScripts, overBar } from './sizes.ts';

describe('size budgets', () => {
  it('count what index.html loads at once, each once', () => {
    const html =
      '<link rel="modulepreload" href="/assets/a.js"><script type="module" src="/assets/b.js"></script><script src="./assets/b.js"></script>';
    expect(initialScripts(html)).toEqual(['assets/a.js', 'assets/b.js']);
  });

  it('name what is over', () => {
    const fat = { name: 'storefront', bytes: 2, bar: 1 };
    expect(overBar([fat, { name: 'admin', bytes: 1, bar: 1 }])).toEqual([fat]);
  });
});
