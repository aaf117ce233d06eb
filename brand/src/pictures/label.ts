import type { CatalogueProduct } from '#catalogue';
import { contourMap } from '#pictures/contours';
import { fitLines, leading, textPath } from '#pictures/labels';
import { pickBy } from '#pictures/seed';
import { area, type Box, circlePath, clipped, mark, rectPath } from '#pictures/svg';
import type { Paint } from '#pictures/vessel';

type Label = (product: CatalogueProduct, paint: Paint, face: Box) => string;

/** The label of a pack, in one of five settings that the product's id picks. Of 24 numbers behind it, 21 parts likes best. */
export const drawLabel: Label = (product, paint, face) => {
  if (face.height < 150) return settings.strip(product, paint, face);
  const { x, y, width, height } = face;
  const setting = height > 190 ? pickBy(`${product.id} label 21`, tall) : pickBy(`${product.id} label 21`, low);
  return settings[setting](product, paint, { x, y, width, height });
};

const tall = ['wrap', 'plate', 'seal', 'column', 'valley'] as const;
const low = ['wrap', 'plate', 'column'] as const;

/** The name in capitals in a box, and the weight below it. */
const words = ({ name, weight }: CatalogueProduct, field: Box, fill: string, sizeMax = 58): string => {
  const { x, y, width, height } = field;
  const weightSize = Math.max(20, Math.min(28, height * 0.2));
  const { lines, size } = fitLines(name.toUpperCase(), width, height - weightSize - 8, sizeMax);
  const top = y + (height - (lines.length * size * leading + weightSize + 6)) / 2;
  const centre = x + width / 2;
  return [
    ...lines.map((line, index) => textPath(line, centre, top + size * (0.86 + index * leading), width, size, fill)),
    textPath(weight, centre, top + lines.length * size * leading + weightSize + 2, width, weightSize, fill),
  ].join('');
};

const map = (product: CatalogueProduct, field: Box, ground: string, line: string): string =>
  `${area(rectPath(field), ground)}${contourMap(field, product.origin, product.altitudeMetres, line, 3)}`;

const frame = (field: Box, ink: string): string => mark(rectPath(field), ink, 3.5);

/** What is written on the pack itself: paper on ink and on the deep tint, else ink. */
const onBody = (body: string, { ink, paper, tints }: Paint): string =>
  body === ink || body === tints[2] ? paper : ink;

/** The part of a face before the shaded side of its pack: words on the pack itself end here. */
const litShare = 0.8;

const settings: Readonly<Record<(typeof tall)[number] | 'strip', Label>> = {
  /** Paper from edge to edge, the map above. */
  wrap: (product, { paper, accent, ink }, { x, y, width, height }) => {
    const cut = height * 0.42;
    return [
      map(product, { x, y, width, height: cut }, accent, ink),
      area(rectPath({ x, y: y + cut, width, height: height - cut }), paper),
      mark(`M${x} ${y} h${width} M${x} ${y + cut} h${width} M${x} ${y + height} h${width}`, ink, 3.5),
      words(product, { x: x + 16, y: y + cut + 6, width: width - 32, height: height - cut - 12 }, ink),
    ].join('');
  },
  /** An enamel plate with a double rule, the map behind the whole face. */
  plate: (product, { paper, accent, body, ink, tints }, { x, y, width, height }) => {
    const plate = { x: x + width * 0.11, y: y + height * 0.16, width: width * 0.78, height: height * 0.68 };
    const inner = { x: plate.x + 7, y: plate.y + 7, width: plate.width - 14, height: plate.height - 14 };
    return [
      contourMap({ x, y, width, height }, product.origin, product.altitudeMetres, body === ink ? tints[1] : ink, 2.5),
      area(rectPath(plate), paper),
      frame(plate, ink),
      mark(rectPath(inner), body === accent ? ink : accent, 4),
      words(product, { x: inner.x + 9, y: inner.y + 6, width: inner.width - 18, height: inner.height - 12 }, ink),
    ].join('');
  },
  /** The map as a round seal, the name on a band across it. */
  seal: (product, { paper, accent, body, ink, tints }, { x, y, width, height }) => {
    const radius = Math.min(width * 0.42, height * 0.48);
    const [cx, cy] = [x + width / 2, y + height / 2];
    const circle = circlePath(cx, cy, radius);
    const band = { x, y: cy - radius * 0.42, width, height: radius * 0.98 };
    return [
      clipped(
        circle,
        map(
          product,
          { x: cx - radius, y: cy - radius, width: 2 * radius, height: 2 * radius },
          body === accent ? tints[1] : accent,
          ink,
        ),
      ),
      mark(circle, body === ink ? paper : ink, 4),
      area(rectPath(band), paper),
      mark(`M${x} ${band.y} h${width} M${x} ${band.y + band.height} h${width}`, ink, 3.5),
      words(product, { x: x + 12, y: band.y + 4, width: width - 24, height: band.height - 8 }, ink),
    ].join('');
  },
  /** A strip of map down the lit side, the name beside it. */
  column: (product, { paper, accent, ink }, { x, y, width, height }) => {
    const strip = width * 0.24;
    return [
      map(product, { x, y, width: strip, height }, accent, ink),
      area(rectPath({ x: x + strip, y, width: width - strip, height }), paper),
      mark(`M${x} ${y} h${width} M${x} ${y + height} h${width} M${x + strip} ${y} v${height}`, ink, 3.5),
      words(product, { x: x + strip + 10, y: y + 8, width: width - strip - 22, height: height - 16 }, ink),
    ].join('');
  },
  /** The name on the pack itself; below, the map fills a valley. */
  valley: (product, paint, { x, y, width, height }) => {
    const { paper, accent, body, ink } = paint;
    const bottom = y + height;
    const edge = `M${x} ${y + height * 0.72} C${x + width * 0.3} ${y + height * 0.5} ${x + width * 0.6} ${y + height * 0.86} ${x + width} ${y + height * 0.6} V${bottom} H${x} Z`;
    return [
      clipped(
        edge,
        map(product, { x, y: y + height * 0.5, width, height: height * 0.5 }, body === accent ? paper : accent, ink),
      ),
      mark(edge, body === ink ? paper : ink, 3.5),
      words(product, { x: x + 14, y: y + 4, width: width * litShare - 22, height: height * 0.56 }, onBody(body, paint)),
    ].join('');
  },
  /** One line of a low face. */
  strip: (product, paint, { x, y, width, height }) =>
    words(product, { x: x + 6, y: y + 2, width: width - 12, height: height - 4 }, onBody(paint.body, paint)),
};
