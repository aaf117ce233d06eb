import { describe, expect, it } from 'vitest';
import { backoffMs } from '#backoff';

describe('the backoff', () => {
  it('[F4] doubles from 50 ms up to 2 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map((n) => backoffMs(n, () => 1))).toEqual([
      50, 100, 200, 400, 800, 1600, 2000, 2000,
    ]);
  });

  it('[F4] takes a random share of it, down to nothing', () => {
    expect([0, 0.25, 0.5].map((share) => backoffMs(2, () => share))).toEqual([0, 50, 100]);
    expect(backoffMs(9, () => 1, { baseMs: 20, capMs: 1000 })).toBe(1000);
  });
});
