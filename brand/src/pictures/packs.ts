import { area, box, clipped, ellipse, hatch, mark, rectPath, shape } from '#pictures/svg';
import { centreX, type Draw, groundY, type Paint } from '#pictures/vessel';

/** A straight body with a lid; shaded on the side away from the light. */
const upright =
  (baseWidth: number, baseHeight: number, top: (x: number, y: number, width: number, paint: Paint) => string): Draw =>
  (paint, size) => {
    const [width, height] = [baseWidth * size, baseHeight * size];
    const [x, y] = [centreX - width / 2, groundY - height];
    return {
      shapes: [
        box(x, y, width, height, paint.body, paint.ink),
        hatch(
          { x: x + width * 0.8, y, width: width * 0.2, height },
          paint.body === paint.ink ? paint.tints[1] : paint.ink,
        ),
        box(x, y, width, height, 'none', paint.ink),
        top(x, y, width, paint),
      ].join(''),
      face: { x, y: y + height * 0.14, width, height: height * 0.72 },
    };
  };

const bag = (d: string, x: number, y: number, width: number, height: number, { body, ink, tints }: Paint): string =>
  [
    shape(d, body, ink),
    clipped(d, hatch({ x: x + width * 0.78, y, width: width * 0.3, height }, body === ink ? tints[1] : ink)),
    shape(d, 'none', ink),
  ].join('');

/** What is sold filled: seven templates, each carries a label. */
export const packs = {
  caddy: upright(236, 300, (x, y, width, { lid, tints, ink, accent }) =>
    [
      box(x - 8, y - 50, width + 16, 56, lid, ink),
      mark(`M${x + 4} ${y - 22} h${width - 8}`, lid === ink ? tints[1] : ink),
      box(centreX - 26, y - 74, 52, 24, accent, ink),
    ].join(''),
  ),
  tin: upright(320, 226, (x, y, width, { lid, ink }) =>
    [box(x - 7, y - 30, width + 14, 38, lid, ink), mark(`M${x} ${groundY - 12} h${width}`, ink)].join(''),
  ),
  brick: upright(350, 216, (x, y, width, { lid, ink }) =>
    [
      shape(`M${x} ${y} L${x + 46} ${y - 46} H${x + width - 46} L${x + width} ${y} Z`, lid, ink),
      mark(`M${x + 46} ${y - 46} L${x + 90} ${y} M${x + width - 46} ${y - 46} L${x + width - 90} ${y}`, ink),
    ].join(''),
  ),
  'gift-box': upright(360, 226, (x, y, width, { accent, lid, ink }) =>
    [
      box(x - 12, y - 40, width + 24, 52, lid, ink),
      box(x + width - 74, y - 40, 34, groundY - y + 40, accent, ink, 0),
      shape(
        `M${x + width - 57} ${y - 42} C${x + width - 130} ${y - 130} ${x + width - 180} ${y - 60} ${x + width - 57} ${y - 42} C${x + width + 66} ${y - 60} ${x + width + 16} ${y - 130} ${x + width - 57} ${y - 42} Z`,
        accent,
        ink,
      ),
    ].join(''),
  ),
  pouch: (paint, size) => {
    const [width, height] = [276 * size, 366 * size];
    const [x, y] = [centreX - width / 2, groundY - height];
    const d = `M${x + 12} ${y + 34} L${x} ${groundY - 14} Q${x} ${groundY} ${x + 14} ${groundY} H${x + width - 14} Q${x + width} ${groundY} ${x + width} ${groundY - 14} L${x + width - 12} ${y + 34} Z`;
    return {
      shapes: [
        bag(d, x, y, width, height, paint),
        box(x + 8, y, width - 16, 42, paint.lid, paint.ink, 2),
        mark(`M${x + 16} ${y + 54} h${width - 32}`, paint.body === paint.ink ? paint.tints[1] : paint.ink, 2),
        mark(
          `M${x + 6} ${groundY - 30} q${width / 2 - 6} 26 ${width - 12} 0`,
          paint.body === paint.ink ? paint.tints[1] : paint.ink,
        ),
      ].join(''),
      face: { x: x + 9, y: y + height * 0.21, width: width - 18, height: height * 0.64 },
    };
  },
  sack: (paint, size) => {
    const [width, height] = [330 * size, 350 * size];
    const [x, y] = [centreX - width / 2, groundY - height];
    const d = `M${x + 48} ${y + 72} C${x - 22} ${y + 150} ${x - 18} ${groundY - 50} ${x + 14} ${groundY} H${x + width - 14} C${x + width + 18} ${groundY - 50} ${x + width + 22} ${y + 150} ${x + width - 48} ${y + 72} Z`;
    return {
      shapes: [
        bag(d, x, y, width, height, paint),
        shape(
          `M${x + 50} ${y + 68} L${x + 22} ${y + 2} Q${x + width * 0.32} ${y + 32} ${centreX} ${y + 8} Q${x + width * 0.68} ${y + 32} ${x + width - 22} ${y + 2} L${x + width - 50} ${y + 68} Z`,
          paint.body,
          paint.ink,
        ),
        mark(
          `M${x + 70} ${y + 60} L${x + 56} ${y + 26} M${centreX} ${y + 60} V${y + 28} M${x + width - 70} ${y + 60} L${x + width - 56} ${y + 26}`,
          paint.body === paint.ink ? paint.tints[1] : paint.ink,
        ),
        box(x + 46, y + 58, width - 92, 22, paint.accent, paint.ink, 2),
      ].join(''),
      face: { x: x + 36, y: y + height * 0.36, width: width - 72, height: height * 0.5 },
    };
  },
  sampler: (paint) => {
    const fills = [paint.paper, paint.tints[1], paint.tints[2], paint.accent, paint.ink];
    const cells = Array.from({ length: 8 }, (_, index) => {
      const [cx, cy] = [167 + (index % 4) * 102, 204 + Math.floor(index / 4) * 102];
      const fill = fills[(index * 3) % fills.length] ?? paint.paper;
      return `${ellipse(cx, cy, 42, 42, fill, paint.ink)}${mark(`M${cx - 28} ${cy - 8} a30 30 0 0 1 20 -20`, fill === paint.ink ? paint.paper : paint.ink)}`;
    });
    return {
      shapes: [
        box(106, 146, 428, groundY - 146, paint.paper, paint.ink),
        area(rectPath({ x: 108, y: 364, width: 424, height: groundY - 366 }), paint.body),
        hatch(
          { x: 494, y: 364, width: 38, height: groundY - 366 },
          paint.body === paint.ink ? paint.tints[1] : paint.ink,
        ),
        mark('M106 362 H534', paint.ink, 4),
        ...cells,
      ].join(''),
      face: { x: 126, y: 380, width: 350, height: 100 },
    };
  },
} as const satisfies Readonly<Record<string, Draw>>;
