import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type PathCommand } from 'opentype.js';

const file = createRequire(import.meta.url).resolve(
  '@fontsource/barlow-condensed/files/barlow-condensed-latin-600-normal.woff',
);
const bytes = readFileSync(file);
const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));

/** The smallest text on a picture of 640 px that is still read. */
const sizeMin = 20;

/** Text as a path, centred: rasterisers draw no text from .woff files. Shrinks to fit the width, never below 20 px. */
export const textPath = (
  text: string,
  centreX: number,
  baseY: number,
  widthMax: number,
  sizeMax: number,
  fill: string,
): string => {
  const size = Math.max(
    sizeMin,
    Math.min(sizeMax, (sizeMax * widthMax) / Math.max(1, font.getAdvanceWidth(text, sizeMax))),
  );
  const x = centreX - font.getAdvanceWidth(text, size) / 2;
  return `<path d="${pathData(font.getPath(text, x, baseY, size).commands)}" fill="${fill}"/>`;
};

/** The library's own toPathData writes NaN for some numbers (2.0.0), and a rasteriser stops there. */
const pathData = (commands: readonly PathCommand[]): string =>
  commands
    .map(({ type, ...points }) => {
      const numbers = [points.x1, points.y1, points.x2, points.y2, points.x, points.y];
      return `${type}${numbers.flatMap((number) => (number === undefined ? [] : [Math.round(number * 10) / 10])).join(' ')}`;
    })
    .join('');

/** A name in at most two lines of about the same length. */
export const twoLines = (name: string): readonly string[] => {
  const words = name.replace(/,.*$/, '').split(' ');
  if (words.length === 1) return words;
  const cuts = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')]);
  return cuts.sort((left, right) => longest(left) - longest(right))[0] ?? words;
};

const longest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));
