import { describe, expect, it } from 'vitest';
import { widthsFor } from '#pictures/widths.ts';

describe('the widths of a picture', () => {
  it.each([
    [2000, [320, 640, 960]],
    [700, [320, 640, 700]],
    [320, [320]],
    [1, [1]],
  ])('of %i are %j: never larger than itself, each once', (width, expected) => {
    expect(widthsFor(width)).toEqual(expected);
  });
});
