import type { Form } from '#catalogue';
import { hexOf } from '#oklch';
import { drawForm } from '#pictures/forms';
import { textPath } from '#pictures/labels';
import { rounded } from '#pictures/svg';
import { type Paint, groundY as vesselGroundY } from '#pictures/vessel';
import { light } from '#tokens';

/** What a page shows instead of its content, each with one drawing. */
export const states = ['empty-basket', 'nothing-found', 'sold-out', 'not-found', 'offline', 'refused', 'held'] as const;
export type State = (typeof states)[number];

/** The hue of the house: no category has it. */
const hue = 205;
const colours: Paint = {
  ink: hexOf(light.ink),
  paper: hexOf([0.975, 0.012, hue]),
  tints: [hexOf([0.88, 0.035, hue]), hexOf([0.76, 0.05, hue]), hexOf([0.64, 0.06, hue])],
  accent: hexOf([0.46, 0.085, 222]),
  body: hexOf([0.76, 0.05, hue]),
  lid: hexOf([0.64, 0.06, hue]),
};
/** Nothing but the outline. */
const outline: Paint = {
  ink: colours.ink,
  paper: 'none',
  tints: ['none', 'none', 'none'],
  accent: 'none',
  body: 'none',
  lid: 'none',
};
const { ink, paper, tints, accent } = colours;
const [, mid, deep] = tints;
const signal = hexOf(light.signal);
const brick = hexOf(light.refused);

const [width, height] = [480, 320];
const groundY = Math.round(height * 0.78);
const stroke = (colour: string, px: number): string =>
  `stroke="${colour}" stroke-width="${px}" stroke-linejoin="round" stroke-linecap="round"`;
const line = stroke(ink, 3);

/** The drawing of a state as SVG, 480 by 320, by the rules of the pictures: one ground line, light from top left, no gradient. */
export const drawState = (state: State): string =>
  rounded(
    [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
      `<rect width="${width}" height="${height}" fill="${tints[0]}"/>`,
      `<rect y="${groundY}" width="${width}" height="${height - groundY}" fill="${mid}"/>`,
      staff(),
      `<path d="M0 ${groundY} H${width}" ${line}/>`,
      scenes[state](),
      '</svg>\n',
    ].join(''),
  );

/** The gauge stands at the edge of every scene. */
const staff = (): string =>
  Array.from(
    { length: 16 },
    (_, index) => `<path d="M${width} ${groundY - index * 16} h${index % 5 === 0 ? -18 : -9}" ${line}/>`,
  ).join('');

const box = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="2" fill="${fill}" ${line}/>`;

const shadow = (x: number): string =>
  Array.from(
    { length: 7 },
    (_, index) => `<path d="M${x + index * 12} ${groundY + 8 + index} l12 ${28 - index * 3}" ${line} opacity=".45"/>`,
  ).join('');

/** A vessel of the pictures, standing on this ground. */
const vessel = (form: Form, centreX: number, scale: number, palette = colours): string =>
  `<g transform="translate(${centreX - 320 * scale} ${groundY - vesselGroundY * scale}) scale(${scale})">${drawForm(form, palette).shapes}</g>`;

/** A sluice gate: posts, a beam with its wheel, the plate at its height above the ground, and the water behind. */
const gate = (x: number, open: number, plate: string): string =>
  [
    `<rect x="0" y="${groundY - 96}" width="${x}" height="96" fill="${accent}"/>`,
    `<path d="M0 ${groundY - 96} H${x}" ${line}/>`,
    open > 0 ? `<rect x="${x}" y="${groundY - open}" width="${width - x}" height="${open}" fill="${accent}"/>` : '',
    box(x - 6, groundY - 118 - open, 30, 118, plate),
    box(x - 14, 72, 12, groundY - 72, deep),
    box(x + 20, 72, 12, groundY - 72, deep),
    box(x - 26, 60, 70, 16, mid),
    `<path d="M${x + 9} 60 V${34} M${x - 17} 34 H${x + 35}" ${stroke(ink, 5)}/>`,
  ].join('');

const scenes: Readonly<Record<State, () => string>> = {
  /** A weighbridge with nothing on it: the hand stands at naught. */
  'empty-basket': () =>
    [
      shadow(300),
      box(96, groundY - 16, 230, 16, mid),
      box(128, groundY - 26, 166, 10, deep),
      `<g stroke-dasharray="9 9">${vessel('tin', 211, 0.34, outline).replace(/translate\((\S+) (\S+)\)/, (_, x, y) => `translate(${x} ${Number(y) - 26})`)}</g>`,
      box(350, 96, 14, groundY - 96, deep),
      `<circle cx="357" cy="92" r="46" fill="${paper}" ${line}/>`,
      ...[-120, -80, -40, 0, 40, 80, 120].map(
        (angle) => `<path d="M357 54 v8" transform="rotate(${angle} 357 92)" ${line}/>`,
      ),
      `<path d="M357 92 V60" transform="rotate(-120 357 92)" stroke="${signal}" stroke-width="4" stroke-linecap="round"/><circle cx="357" cy="92" r="5" fill="${ink}"/>`,
    ].join(''),
  /** A shelf of outlines. */
  'nothing-found': () =>
    `<g stroke-dasharray="9 9">${vessel('caddy', 92, 0.44, outline)}${vessel('pouch', 214, 0.44, outline)}${vessel('tin', 350, 0.44, outline)}</g>`,
  /** The lid is off, and the caddy is empty. */
  'sold-out': () =>
    [
      shadow(250),
      `<path d="M170 132 V${groundY} H286 V132" fill="${mid}" ${line}/>`,
      `<rect x="254" y="133" width="31" height="${groundY - 134}" fill="${deep}"/>`,
      `<path d="M170 132 V${groundY} H286 V132" fill="none" ${line}/>`,
      `<ellipse cx="228" cy="132" rx="58" ry="13" fill="${ink}" ${line}/>`,
      box(184, 168, 88, 52, paper),
      textPath('SOLD OUT', 228, 202, 78, 28, brick),
      box(316, groundY - 22, 124, 22, deep),
      box(368, groundY - 34, 22, 12, accent),
    ].join(''),
  /** A plate on a post, where the road ends. */
  'not-found': () =>
    [
      shadow(216),
      box(196, 60, 14, groundY - 60, deep),
      box(110, 70, 186, 82, paper),
      `<rect x="118" y="78" width="170" height="66" rx="2" fill="none" stroke="${accent}" stroke-width="3"/>`,
      textPath('404', 203, 136, 160, 68, ink),
      vessel('kettle', 372, 0.4),
    ].join(''),
  /** The pipe has a gap, and the cup below waits. */
  offline: () =>
    [
      box(-8, 76, 150, 44, mid),
      box(136, 66, 18, 64, deep),
      box(290, 76, 198, 44, mid),
      box(278, 66, 18, 64, deep),
      ...[138, 162].map(
        (y) => `<path d="M168 ${y} q-7 12 0 16 q8 -4 0 -16" fill="${accent}" stroke="${accent}" stroke-width="2"/>`,
      ),
      `<path d="M168 98 h14 m14 0 h14 m14 0 h14 m14 0 h14" ${stroke(signal, 3)}/>`,
      vessel('cup', 168, 0.36),
      shadow(216),
    ].join(''),
  /** The gate is shut, and the sack stays on this side. */
  refused: () => [gate(150, 0, brick), shadow(316), vessel('sack', 300, 0.4)].join(''),
  /** The gate stands ajar, with a flag: somebody has to look. */
  held: () =>
    [
      gate(150, 14, signal),
      shadow(330),
      vessel('tin', 320, 0.4),
      `<path d="M182 66 h62 l-14 14 l14 14 h-62" fill="${signal}" ${line}/>`,
    ].join(''),
};
