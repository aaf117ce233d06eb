import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type PathCommand } from 'opentype.js';

const file = createRequire(import.meta.url).resolve(
  '@fontsource/barlow-condensed/files/barlow-condensed-latin-600-normal.woff',
);
const bytes = readFileSync(file);
const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));

/** The smallest text on a picture of 640 px that is still read. */
export const sizeMin = 20;

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

/** How wide a text runs at a size, in px. */
export const widthOf = (text: string, size: number): number => font.getAdvanceWidth(text, size);

export type Set = { readonly lines: readonly string[]; readonly size: number };

/** A name broken into one to three lines, whichever lets it be largest in a box. Its last part after a comma is left out. */
export const fitLines = (name: string, width: number, height: number, sizeMax: number): Set => {
  const words = name.replace(/,.*$/, '').split(' ');
  return [1, 2, 3]
    .filter((count) => count <= words.length)
    .flatMap((count) => breaks(words, count))
    .map((lines) => ({
      lines,
      size: Math.min(sizeMax, height / (lines.length * leading), ...lines.map((line) => width / widthOf(line, 1))),
    }))
    .reduce((best, next) => (next.size > best.size + 0.5 ? next : best));
};

/** Line distance of capitals, as a share of the size. */
export const leading = 0.98;

const breaks = (words: readonly string[], count: number): readonly (readonly string[])[] => {
  if (count === 1) return [[words.join(' ')]];
  return words
    .slice(0, words.length - count + 1)
    .flatMap((_, index) =>
      breaks(words.slice(index + 1), count - 1).map((rest) => [words.slice(0, index + 1).join(' '), ...rest]),
    );
};
