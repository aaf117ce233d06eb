import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrastOf, hexOf } from '#oklch';
import { categoryChroma, categoryHues, categoryLightness, dark, light } from '#tokens';
import { tokensCss } from '#tokens-css';

describe('the tokens', () => {
  it.each([
    ['light', light],
    ['dark', dark],
  ])(
    'of the %s room can be read: every text colour has a contrast of at least 4.5 on ground and card',
    (_name, palette) => {
      for (const colour of ['ink', 'muted', 'action', 'signal', 'ok', 'refused'] as const)
        for (const ground of ['ground', 'card'] as const)
          expect([colour, ground, contrastOf(palette[colour], palette[ground]) >= 4.5]).toEqual([colour, ground, true]);
    },
  );

  it('let ink be read on the ground of every category', () => {
    for (const hue of categoryHues)
      expect(contrastOf(light.ink, [categoryLightness, categoryChroma, hue])).toBeGreaterThan(7);
  });

  it('catch a colour that cannot be read', () => {
    expect(contrastOf([0.7, 0.05, 222], light.ground)).toBeLessThan(4.5);
  });

  it('are the same in the style sheet', () => {
    expect(readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')).toBe(tokensCss());
  });

  it('convert to sRGB', () => {
    expect([hexOf([1, 0, 0]), hexOf([0, 0, 0])]).toEqual(['#ffffff', '#000000']);
  });
});
