import { shardOf } from '@penstock/domain/topics';

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The silhouette's stroke and the stroke of what is inside it, in px of a field of 640. */
export const silhouettePx = 4;
export const innerPx = 2.5;

const stroke = (ink: string, px: number): string =>
  `stroke="${ink}" stroke-width="${px}" stroke-linejoin="round" stroke-linecap="round"`;

/** A closed or open shape with the ink silhouette. */
export const shape = (d: string, fill: string, ink: string): string =>
  `<path d="${d}" fill="${fill}" ${stroke(ink, silhouettePx)}/>`;
/** A line inside a shape. */
export const mark = (d: string, ink: string, px = innerPx): string => `<path d="${d}" fill="none" ${stroke(ink, px)}/>`;
export const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  ink: string,
  radius = 3,
): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" ${stroke(ink, silhouettePx)}/>`;
export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, ink: string): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}" ${stroke(ink, silhouettePx)}/>`;
/** An area without a line around it. */
export const area = (d: string, fill: string): string => `<path d="${d}" fill="${fill}"/>`;

/** Shows only what lies inside the shape. The id comes from the shape, so that two drawings in one file never share one. */
export const clipped = (d: string, content: string): string => {
  const id = `c${shardOf(d, 1_000_000)}`;
  return `<clipPath id="${id}"><path d="${d}"/></clipPath><g clip-path="url(#${id})">${content}</g>`;
};

export const rectPath = ({ x, y, width, height }: Box): string => `M${x} ${y} h${width} v${height} h${-width} Z`;
export const circlePath = (cx: number, cy: number, r: number): string =>
  `M${cx - r} ${cy} a${r} ${r} 0 1 0 ${2 * r} 0 a${r} ${r} 0 1 0 ${-2 * r} 0 Z`;

/** Slanting lines over a box: the only way in which these pictures shade. */
export const hatch = ({ x, y, width, height }: Box, ink: string, stepPx = 9, px = 2.5): string => {
  const count = Math.ceil((width + height) / stepPx);
  const lines = Array.from({ length: count }, (_, index) => `M${x + index * stepPx} ${y} l${-height} ${height}`);
  return clipped(rectPath({ x, y, width, height }), mark(lines.join(''), ink, px));
};

/** One decimal is exact enough for 640 px, and keeps a drawing small. */
export const rounded = (svg: string): string =>
  svg.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10));
