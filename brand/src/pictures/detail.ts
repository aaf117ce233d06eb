import type { CatalogueProduct } from '#catalogue';
import { contourMap } from '#pictures/contours';
import { drawForm, formOf } from '#pictures/forms';
import { plate } from '#pictures/front';
import { fitLines, leading, textPath, widthOf } from '#pictures/labels';
import { area, box, circlePath, mark, rectPath } from '#pictures/svg';
import type { Paint } from '#pictures/vessel';

/** The label from near: the hill, its altitude, the name, and how deep the leaf or bean is worked. Of gear: the work itself. */
export const drawDetail = (product: CatalogueProduct, paint: Paint): string =>
  product.brewing === undefined ? closeUp(product, paint) : label(product, paint);

const field = { x: 44, y: 44, width: 552, height: 552 };
const mapHeight = 248;

const label = (product: CatalogueProduct, paint: Paint): string => {
  const { ink, paper, accent, body } = paint;
  const map = { ...field, height: mapHeight };
  const { lines, size } = fitLines(product.name.toUpperCase(), 510, 148, 86);
  const top = field.y + mapHeight + 18 + (148 - lines.length * size * leading) / 2;
  return [
    `<rect width="640" height="640" fill="${body === paper ? paint.tints[2] : body}"/>`,
    area(rectPath(field), paper),
    area(rectPath(map), accent),
    contourMap(map, product.origin, product.altitudeMetres, ink, 3.5),
    altitude(product, paint),
    mark(`${rectPath(field)} M${field.x} ${field.y + mapHeight} h${field.width}`, ink, 4),
    ...lines.map((line, index) => textPath(line, 320, top + size * (0.86 + index * leading), 510, size, ink)),
    textPath(product.origin, 320, 502, 510, 32, ink),
    scale(product, paint),
  ].join('');
};

/** A post on the hill with the height on its plate. */
const altitude = ({ altitudeMetres }: CatalogueProduct, { ink, paper }: Paint): string => {
  if (altitudeMetres === 0) return '';
  const text = `${altitudeMetres.toLocaleString('en-GB')} m`;
  const width = widthOf(text, 34) + 28;
  return `${box(field.x + 20, field.y + 20, width, 48, paper, ink)}${textPath(text, field.x + 20 + width / 2, field.y + 56, width, 34, ink)}`;
};

/** How far the leaf or bean went, in fifths. */
const fifths: Readonly<Record<CatalogueProduct['level'], number>> = {
  none: 0,
  unoxidised: 1,
  light: 2,
  half: 3,
  mixed: 3,
  medium: 3,
  oxidised: 4,
  roasted: 5,
  dark: 5,
  smoked: 5,
};

/** The gauge, lying: five marks, filled as far as the leaf or bean went, and the weight. */
const scale = ({ level, weight }: CatalogueProduct, { ink, accent, tints, paper }: Paint): string => {
  const [x, y, step] = [field.x + 28, 536, 56];
  const water = accent === paper ? tints[2] : accent;
  return [
    area(rectPath({ x, y, width: step * fifths[level], height: 34 }), water),
    mark(
      `M${x} ${y + 34} h${step * 5} ${Array.from({ length: 11 }, (_, tick) => `M${x + (tick * step) / 2} ${y + 34} v${tick % 2 === 0 ? -34 : -16}`).join(' ')}`,
      ink,
      4,
    ),
    textPath(weight, 486, y + 34, 190, 44, ink),
  ].join('');
};

/** From near: twice as large, held against a measure. */
const closeUp = (product: CatalogueProduct, paint: Paint): string => {
  const form = formOf(product);
  const [focusX, focusY] = focus[form] ?? [300, 290];
  const scaleBy = 1.95;
  const ticks = Array.from({ length: 33 }, (_, index) => `M0 ${index * 20} h${index % 5 === 0 ? 44 : 22}`);
  return [
    `<rect width="640" height="640" fill="${paint.tints[1]}"/>`,
    area(circlePath(350, 300, 268), paint.tints[0]),
    `<g transform="translate(${350 - focusX * scaleBy} ${300 - focusY * scaleBy}) scale(${scaleBy})">${drawForm(form, paint).shapes}</g>`,
    `<rect width="58" height="640" fill="${paint.paper}"/>`,
    mark(`M58 0 V640 ${ticks.join(' ')}`, paint.ink, 4),
    plate({ name: product.material ?? product.weight }, paint),
  ].join('');
};

/** Where a form is worth a near look. */
const focus: Readonly<Record<string, readonly [x: number, y: number]>> = {
  dripper: [360, 250],
  filters: [330, 300],
  press: [320, 190],
  grinder: [370, 210],
  kettle: [230, 300],
  teapot: [250, 340],
  moka: [330, 250],
  bottle: [320, 260],
  scale: [330, 400],
  infuser: [320, 280],
  mug: [330, 300],
  tasting: [310, 380],
  gaiwan: [320, 290],
  bowl: [330, 330],
  glasses: [240, 320],
  jug: [300, 290],
  whisk: [320, 300],
  brass: [320, 220],
  towel: [320, 300],
  tray: [420, 390],
};
