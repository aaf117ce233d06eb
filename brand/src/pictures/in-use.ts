import type { CatalogueProduct, Form } from '#catalogue';
import { brewingTime } from '#catalogue';
import { hexOf } from '#oklch';
import { flowLines } from '#pictures/contours';
import { drawForm, formOf } from '#pictures/forms';
import { floor } from '#pictures/front';
import { textPath } from '#pictures/labels';
import { randomOf } from '#pictures/seed';
import { area, box, circlePath, clipped, ellipse, hatch, mark, rectPath } from '#pictures/svg';
import { groundY, type Paint } from '#pictures/vessel';

/** The product at work: tea and coffee as the cup from above, gear beside what it is used with. */
export const drawInUse = (product: CatalogueProduct, paint: Paint): string =>
  product.brewing === undefined ? onTheTable(product, paint) : fromAbove(product, paint);

const [cx, cy] = [320, 286];

const fromAbove = (product: CatalogueProduct, paint: Paint): string => {
  const { ink, tints } = paint;
  const liquor = hexOf(product.liquor ?? [0.5, 0.1, 50]);
  const handle = 20 + randomOf(`${product.id} handle`)() * 40;
  return [
    flowLines({ x: 0, y: 0, width: 640, height: 640 }, product.origin, 13, tints[1], 3),
    scattered(product, paint),
    clipped(circlePath(cx + 26, cy + 30, 234), hatch({ x: 60, y: 40, width: 560, height: 520 }, ink, 11)),
    area(circlePath(cx, cy, 234), paint.paper),
    mark(circlePath(cx, cy, 234), ink, 4),
    dial(product.brewing?.seconds ?? 0, paint),
    `<g transform="rotate(${handle} ${cx} ${cy})">${box(cx + 140, cy - 24, 84, 48, paint.paper, ink, 20)}</g>`,
    area(circlePath(cx, cy, 168), paint.paper),
    mark(circlePath(cx, cy, 168), ink, 4),
    area(circlePath(cx, cy, 146), liquor),
    shine(paint),
    mark(circlePath(cx, cy, 146), ink, 4),
    guide(product, paint),
  ].join('');
};

/** The light from top left, as a crescent of strokes on the liquor. */
const shine = ({ paper }: Paint): string =>
  [128, 112, 96]
    .map((radius, index) => {
      const [from, to] = [(196 + index * 8) * (Math.PI / 180), (254 - index * 8) * (Math.PI / 180)];
      return mark(
        `M${cx + radius * Math.cos(from)} ${cy + radius * Math.sin(from)} A${radius} ${radius} 0 0 1 ${cx + radius * Math.cos(to)} ${cy + radius * Math.sin(to)}`,
        paper,
        6 - index,
      );
    })
    .join('');

/** The saucer's rim is a clock of eight minutes: as far as the brew takes, it is filled. */
const dial = (seconds: number, { ink, accent, paper, tints }: Paint): string => {
  const end = Math.min(0.999, seconds / 480) * 2 * Math.PI - Math.PI / 2;
  const [x, y] = [cx + 216 * Math.cos(end), cy + 216 * Math.sin(end)];
  const ticks = Array.from({ length: 48 }, (_, index) => {
    const angle = (index / 48) * 2 * Math.PI;
    const inner = index % 6 === 0 ? 200 : 210;
    return `M${cx + inner * Math.cos(angle)} ${cy + inner * Math.sin(angle)} L${cx + 226 * Math.cos(angle)} ${cy + 226 * Math.sin(angle)}`;
  });
  return [
    `<path d="M${cx} ${cy - 216} A216 216 0 ${seconds > 240 ? 1 : 0} 1 ${x} ${y}" fill="none" stroke="${accent === paper ? tints[2] : accent}" stroke-width="16"/>`,
    mark(ticks.join(''), ink, 3),
  ].join('');
};

/** Grams, heat and time on a plate below. */
const guide = ({ brewing }: CatalogueProduct, { ink, paper }: Paint): string => {
  if (brewing === undefined) return '';
  const words = [`${brewing.grams} g`, `${brewing.celsius} °C`, brewingTime(brewing.seconds)];
  return [
    box(70, 556, 500, 56, paper, ink),
    mark('M236 566 v36 M404 566 v36', ink, 3),
    ...words.map((word, index) => textPath(word, 153 + index * 167, 597, 150, 38, ink)),
  ].join('');
};

/** What the cup is brewed from lies around it: beans, blossoms, pearls, needles or leaves. */
const scattered = ({ id, category, name, level }: CatalogueProduct, { ink, accent, tints, paper }: Paint): string => {
  const random = randomOf(`${id} leaves`);
  const kind =
    category === 'coffee'
      ? 'bean'
      : /Pearl|Gunpowder|oolong|Tieguanyin|CTC/i.test(name)
        ? 'pearl'
        : category === 'herbal'
          ? level === 'oxidised'
            ? 'needle'
            : 'blossom'
          : /Peppermint|Verbena|Longjing/.test(name)
            ? 'leaf'
            : 'needle';
  const fill = category === 'coffee' ? (level === 'dark' ? ink : tints[2]) : accent;
  return Array.from({ length: 26 }, () => {
    const angle = random() * 2 * Math.PI;
    const distance = 262 + random() * 120;
    const [x, y] = [cx + distance * Math.cos(angle), 300 + distance * Math.sin(angle)];
    return `<g transform="translate(${x} ${y}) rotate(${random() * 360})">${pieces[kind](ink, fill, fill === ink ? paper : ink)}</g>`;
  }).join('');
};

const pieces = {
  bean: (ink: string, fill: string, slit: string) =>
    `${ellipse(0, 0, 17, 12, fill, ink)}${mark('M-15 0 q8 -6 15 0 t15 0', slit, 3)}`,
  pearl: (ink: string, fill: string) =>
    `${area(circlePath(0, 0, 11), fill)}${mark(`${circlePath(0, 0, 11)} M-5 -4 q6 -4 9 4`, ink, 3)}`,
  needle: (ink: string, fill: string) => `${mark('M-20 0 q20 -9 40 0', ink, 9)}${mark('M-20 0 q20 -9 40 0', fill, 4)}`,
  leaf: (ink: string, fill: string) =>
    `${area('M-24 0 Q0 -18 24 0 Q0 18 -24 0 Z', fill)}${mark('M-24 0 Q0 -18 24 0 Q0 18 -24 0 Z M-24 0 H12', ink, 3)}`,
  blossom: (ink: string, fill: string) =>
    `${[0, 72, 144, 216, 288].map((turn) => `<g transform="rotate(${turn})">${area('M0 0 q-9 -14 0 -20 q9 6 0 20', fill)}${mark('M0 0 q-9 -14 0 -20 q9 6 0 20', ink)}</g>`).join('')}${area(circlePath(0, 0, 5), ink)}`,
} as const;

/** What a piece of gear is used with. */
const companions: Partial<Record<Form, Form>> = {
  dripper: 'glasses',
  filters: 'dripper',
  press: 'mug',
  grinder: 'moka',
  kettle: 'dripper',
  teapot: 'tasting',
  moka: 'cup',
  bottle: 'glasses',
  scale: 'kettle',
  infuser: 'mug',
  mug: 'teapot',
  cup: 'teapot',
  tasting: 'gaiwan',
  gaiwan: 'tasting',
  bowl: 'whisk',
  glasses: 'moka',
  jug: 'cup',
  whisk: 'bowl',
  brass: 'gaiwan',
  towel: 'mug',
  tray: 'teapot',
};

const placed = (form: Form, paint: Paint, x: number, scale: number): string =>
  `<g transform="translate(${x - 320 * scale} ${groundY - groundY * scale}) scale(${scale})">${drawForm(form, paint).shapes}</g>`;

const onTheTable = (product: CatalogueProduct, paint: Paint): string => {
  const form = formOf(product);
  const other: Paint = { ...paint, accent: paint.tints[2], body: paint.paper, lid: paint.ink };
  const steam = [0, 1, 2].map((index) => `M${448 + index * 28} ${236 - index * 6} q-18 -26 0 -52 t0 -52`).join(' ');
  return [
    `<rect width="640" height="640" fill="${paint.tints[2]}"/>`,
    area(circlePath(320, 270, 216), paint.tints[0]),
    clipped(
      circlePath(320, 270, 216),
      flowLines({ x: 100, y: 50, width: 440, height: 440 }, product.origin, 9, paint.tints[1], 3),
    ),
    mark(circlePath(320, 270, 216), paint.ink, 4),
    floor({ ...paint, tints: [paint.tints[0], paint.paper, paint.tints[2]] }, 300),
    placed(companions[form] ?? 'mug', other, 476, 0.5),
    mark(steam, paint.ink, 5),
    placed(form, paint, 232, 0.86),
    mark(`M0 ${groundY} H640`, paint.ink, 4),
    area(rectPath({ x: 0, y: 628, width: 640, height: 12 }), paint.accent),
  ].join('');
};
