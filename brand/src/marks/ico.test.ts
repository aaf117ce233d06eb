import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

const file = readFileSync(new URL('../../marks/favicon.ico', import.meta.url));

describe('the icon that browsers ask for by name', () => {
  it('is an icon of one picture, which is the mark', async () => {
    expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4), file[6]]).toEqual([0, 1, 1, 32]);
    const png = file.subarray(file.readUInt32LE(18));
    expect(png.length).toBe(file.readUInt32LE(14));
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 32, height: 32 });
  });
});
