import { describe, expect, it } from 'vitest';
import { type Line, loadPatiently } from '#lazy/load-patiently.ts';

const lineOf = (reachable: readonly boolean[], overrides: Partial<Line> = {}) => {
  const waits: number[] = [];
  const looks = [...reachable];
  const line: Line = {
    isReachable: async () => looks.shift() ?? true,
    wait: async (tries) => {
      waits.push(tries);
    },
    reloadOnce: () => false,
    ...overrides,
  };
  return { line, waits };
};
const failing = (times: number) => {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw new TypeError('Failed to fetch dynamically imported module');
    return 'page';
  };
};

describe('a part of the site', () => {
  it('is waited for while the line is away', async () => {
    const { line, waits } = lineOf([false, false, true]);
    expect(await loadPatiently(failing(3), line)).toBe('page');
    expect(waits).toEqual([0, 1]);
  });

  it('that the server does not have any more loads the site anew, once', async () => {
    let reloads = 0;
    const { line } = lineOf([true, true], { reloadOnce: () => ++reloads === 1 });
    const first = await Promise.race([
      loadPatiently(failing(9), line),
      new Promise((end) => setTimeout(end, 5, 'gone')),
    ]);
    expect([first, reloads]).toEqual(['gone', 1]);
    await expect(loadPatiently(failing(9), line)).rejects.toThrow('Failed to fetch');
  });
});
