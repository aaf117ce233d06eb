import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawState, states } from '#states/draw-state';

describe.each(states)('the drawing of %s', (state) => {
  it('is the one that is committed', () => {
    expect(readFileSync(new URL(`../../states/${state}.svg`, import.meta.url), 'utf8')).toBe(drawState(state));
  });

  it('holds no text that a browser would set in its own face, no gradient, and weighs at most 8 kB', () => {
    expect(drawState(state)).not.toMatch(/<text|gradient|NaN|undefined/i);
    expect(drawState(state).length).toBeLessThan(8000);
  });

  it('is well-formed', async () => {
    const { width, height } = await sharp(Buffer.from(drawState(state)))
      .toBuffer({ resolveWithObject: true })
      .then(({ info }) => info);
    expect([width, height]).toEqual([480, 320]);
  });
});
