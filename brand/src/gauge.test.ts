import { describe, expect, it } from 'vitest';
import { gaugeAttributes, staffEnd } from '#gauge';

describe('the gauge', () => {
  it.each([
    [-1, 0],
    [0.4, 0.4],
    [3, 1],
  ])('shows %d at %d of its height', (level, shown) => {
    expect(gaugeAttributes({ level }).style).toEqual({ '--level': shown });
  });

  it.each([
    [0, 1],
    [1, 1],
    [3, 5],
    [12, 20],
    [60, 100],
    [2500, 5000],
  ])('has room for %d on a staff of %d', (value, end) => {
    expect(staffEnd(value)).toBe(end);
  });
});
