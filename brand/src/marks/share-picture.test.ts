import { readFileSync, statSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawSharePicture, shareSize } from '#marks/share-picture';

const file = new URL('../../marks/share.png', import.meta.url);

describe('the share picture', () => {
  it('is 1200 by 630 and light enough for any preview', async () => {
    const { width, height } = await sharp(readFileSync(file)).metadata();
    expect({ width, height }).toEqual(shareSize);
    expect(statSync(file).size).toBeLessThan(200_000);
  });

  it('holds no text that a rasteriser would drop', () => {
    expect(drawSharePicture()).not.toMatch(/<text|gradient|NaN|undefined/i);
  });
});
