import { flowLines } from '#pictures/contours';
import { area, box, circlePath, clipped, ellipse, hatch, mark, rectPath, shape } from '#pictures/svg';
import { centreX as cx, type Draw, groundY as g } from '#pictures/vessel';

const glass = (
  x: number,
  top: number,
  width: number,
  height: number,
  [paper, tint, ink]: readonly [string, string, string],
): string => {
  const d = `M${x} ${top} h${width} l${-width * 0.12} ${height} h${-width * 0.76} Z`;
  const ribs = [0.2, 0.4, 0.6, 0.8].map(
    (part) => `M${x + width * part} ${top + 8} L${x + width * (0.12 + part * 0.76)} ${top + height}`,
  );
  return [
    shape(d, paper, ink),
    clipped(d, area(rectPath({ x, y: top + height * 0.34, width, height }), tint)),
    mark(ribs.join(''), ink),
    shape(d, 'none', ink),
    ellipse(x + width / 2, top, width / 2, width * 0.08, paper, ink),
  ].join('');
};

/** What one drinks from and sets the table with. */
export const ware = {
  mug: ({ tints, ink, accent, paper }, size) => {
    const half = 128 * size;
    const [left, right] = [cx - half, cx + half];
    const body = `M${left} 210 L${left + 8} ${g - 24} Q${left + 10} ${g} ${left + 40} ${g} H${right - 40} Q${right - 10} ${g} ${right - 8} ${g - 24} L${right} 210 Z`;
    return {
      shapes: [
        mark(`M${right - 6} 270 h44 q40 0 40 44 v40 q0 62 -70 66 h-20`, ink, 30),
        mark(`M${right - 6} 270 h44 q40 0 40 44 v40 q0 62 -70 66 h-20`, accent, 20),
        shape(body, accent, ink),
        clipped(
          body,
          `${area(rectPath({ x: left, y: 400, width: 2 * half, height: 100 }), tints[2])}${mark(`M${left} 400 q32 -16 64 0 t64 0 t64 0 t64 0 t64 0`, ink)}${hatch({ x: right - half * 0.42, y: 210, width: half * 0.42, height: 290 }, ink)}`,
        ),
        shape(body, 'none', ink),
        ellipse(cx, 210, half, 26, paper, ink),
        ellipse(cx, 214, half - 16, 16, tints[2], ink),
      ].join(''),
    };
  },
  cup: ({ tints, ink, accent, paper }, size) => {
    const half = 138 * size;
    return {
      shapes: [
        ellipse(cx, 484, half + 66, 15, tints[1], ink),
        mark(`M${cx + half - 10} 306 q92 -16 78 58 q-16 64 -112 52`, ink, 16),
        mark(`M${cx + half - 10} 306 q92 -16 78 58 q-16 64 -112 52`, paper, 8),
        shape(
          `M${cx - half} 270 C${cx - half} 420 ${cx - 78} 476 ${cx - 58} 480 H${cx + 58} C${cx + 78} 476 ${cx + half} 420 ${cx + half} 270 Z`,
          paper,
          ink,
        ),
        clipped(
          `M${cx - half} 270 C${cx - half} 420 ${cx - 78} 476 ${cx - 58} 480 H${cx + 58} C${cx + 78} 476 ${cx + half} 420 ${cx + half} 270 Z`,
          hatch({ x: cx + half * 0.46, y: 270, width: half * 0.54, height: 210 }, ink),
        ),
        ellipse(cx, 270, half, 32, tints[2], ink),
        ellipse(cx, 275, half - 18, 21, accent, ink),
      ].join(''),
    };
  },
  tasting: ({ tints, ink, accent, paper }) => {
    const one = (x: number, y: number, half: number, fill: string): string =>
      [
        shape(
          `M${x - half} ${y} Q${x - half + 4} ${y + half * 1.06} ${x - half * 0.5} ${y + half * 1.16} H${x + half * 0.5} Q${x + half - 4} ${y + half * 1.06} ${x + half} ${y} Z`,
          paper,
          ink,
        ),
        hatch({ x: x + half * 0.3, y: y + 14, width: half * 0.36, height: half * 0.9 }, ink),
        ellipse(x, y, half, half * 0.26, paper, ink),
        ellipse(x, y + 4, half * 0.82, half * 0.17, fill, ink),
      ].join('');
    return {
      shapes: [one(410, 318, 80, tints[1]), one(410, g - 94, 81, tints[2]), one(216, g - 118, 102, accent)].join(''),
    };
  },
  gaiwan: ({ tints, ink, accent, paper }) => {
    const bowl = `M196 300 C196 410 262 462 278 466 H362 C378 462 444 410 444 300 Z`;
    return {
      shapes: [
        shape(`M130 452 Q320 476 510 452 L440 ${g} H200 Z`, tints[1], ink),
        hatch({ x: 400, y: 464, width: 56, height: 34 }, ink),
        shape(bowl, paper, ink),
        clipped(
          bowl,
          `${area(rectPath({ x: 190, y: 340, width: 260, height: 30 }), accent)}${hatch({ x: 388, y: 300, width: 60, height: 170 }, ink)}`,
        ),
        shape(bowl, 'none', ink),
        shape('M178 300 H462 L452 284 H188 Z', paper, ink),
        shape('M206 284 C214 210 290 196 320 196 C350 196 426 210 434 284 Z', paper, ink),
        hatch({ x: 366, y: 226, width: 50, height: 56 }, ink),
        mark('M222 262 C290 250 350 250 418 262', accent, 10),
        shape('M286 196 L294 168 H346 L354 196 Z', tints[2], ink),
      ].join(''),
    };
  },
  bowl: ({ tints, ink, accent, paper }) => {
    const body = `M114 268 C120 400 206 468 240 470 H400 C434 468 520 400 526 268 Z`;
    return {
      shapes: [
        shape(`M236 466 H404 L412 ${g} H228 Z`, tints[2], ink),
        shape(body, tints[1], ink),
        clipped(
          body,
          [
            area(
              'M100 250 H540 V330 Q500 380 470 330 Q430 300 400 350 Q370 400 330 340 Q290 300 250 350 Q210 390 180 330 Q140 300 100 340 Z',
              paper,
            ),
            mark(
              'M100 340 Q140 300 180 330 Q210 390 250 350 Q290 300 330 340 Q370 400 400 350 Q430 300 470 330 Q500 380 540 330',
              ink,
            ),
            hatch({ x: 418, y: 260, width: 110, height: 210 }, ink),
          ].join(''),
        ),
        shape(body, 'none', ink),
        ellipse(cx, 268, 206, 44, paper, ink),
        ellipse(cx, 276, 178, 29, accent, ink),
        mark('M230 268 q24 -10 60 -10 M270 284 q40 8 110 -2', ink, 3),
      ].join(''),
    };
  },
  glasses: ({ tints, ink, accent, paper }) => ({
    shapes: [
      glass(236, 176, 168, 160, [paper, tints[1], ink]),
      glass(90, 336, 160, 163, [paper, accent, ink]),
      glass(240, 336, 160, 163, [paper, tints[2], ink]),
      glass(390, 336, 160, 163, [paper, accent, ink]),
    ].join(''),
  }),
  jug: ({ tints, ink, accent, paper }) => {
    const body = `M214 190 L196 ${g - 14} Q196 ${g} 214 ${g} H428 Q446 ${g} 446 ${g - 14} L424 190 L320 206 Z`;
    return {
      shapes: [
        mark('M430 236 h70 q24 0 20 26 l-20 150 h-60', ink, 22),
        mark('M430 236 h70 q24 0 20 26 l-20 150 h-60', accent, 12),
        shape('M150 172 L214 190 L208 250 Q176 230 150 172 Z', paper, ink),
        shape(body, paper, ink),
        clipped(body, hatch({ x: 384, y: 190, width: 64, height: 310 }, ink)),
        mark('M236 236 L226 470', tints[1], 14),
        mark('M300 300 h40 M300 330 h24 M300 360 h40 M300 390 h24 M300 420 h40', ink, 4),
        shape('M150 172 Q320 128 424 190 Q320 226 214 190 Z', tints[2], ink),
      ].join(''),
    };
  },
  whisk: ({ tints, ink, accent, paper }) => ({
    shapes: [
      area('M276 290 C180 340 196 470 212 499 H428 C444 470 460 340 364 290 Z', paper),
      mark(
        [-108, -86, -62, -38, -14, 14, 38, 62, 86, 108]
          .map((dx) => `M${cx + dx * 0.34} 296 C${cx + dx * 1.36} 350 ${cx + dx * 1.08} 450 ${cx + dx * 0.86} ${g}`)
          .join(''),
        ink,
        4,
      ),
      mark('M228 400 q92 34 184 0', accent, 8),
      shape('M276 296 H364 L352 96 Q320 80 288 96 Z', tints[1], ink),
      hatch({ x: 332, y: 100, width: 24, height: 196 }, ink),
      mark('M290 170 h62', ink),
      box(268, 276, 104, 34, accent, ink),
    ].join(''),
  }),
  brass: ({ tints, ink, accent, paper }) => ({
    shapes: [
      box(212, 216, 216, g - 216, tints[2], ink),
      hatch({ x: 372, y: 218, width: 54, height: g - 220 }, ink),
      mark(`M238 240 V${g - 20}`, paper, 12),
      box(200, 110, 240, 150, tints[1], ink),
      hatch({ x: 378, y: 112, width: 60, height: 146 }, ink),
      mark('M228 130 V240', paper, 12),
      mark('M200 226 h240', ink),
      ellipse(320, 110, 120, 22, accent, ink),
      ellipse(320, 106, 26, 8, tints[1], ink),
    ].join(''),
  }),
  towel: ({ tints, ink, accent, paper }) => ({
    shapes: [
      box(96, 112, 448, 18, ink, ink, 8),
      shape(`M164 120 H476 V${g - 40} H164 Z`, paper, ink),
      flowLines({ x: 176, y: 150, width: 288, height: 250 }, 'the river that drove the pumps', 9, tints[2], 6),
      area(rectPath({ x: 166, y: 412, width: 308, height: 16 }), accent),
      hatch({ x: 412, y: 132, width: 62, height: g - 176 }, ink),
      mark(`M164 120 H476 V${g - 40} H164 Z`, ink, 4),
      mark(Array.from({ length: 21 }, (_, index) => `M${170 + index * 15} ${g - 40} v18`).join(''), ink, 3),
    ].join(''),
  }),
  tray: ({ tints, ink, accent, paper }) => {
    const board = 'M90 250 Q90 220 120 220 H520 Q550 220 550 250 V400 Q550 430 520 430 H120 Q90 430 90 400 Z';
    const lean = g - 430;
    return {
      shapes: [
        `<g transform="translate(0 ${lean})">`,
        shape(board, tints[1], ink),
        clipped(board, `${flowLines({ x: 90, y: 220, width: 460, height: 210 }, 'storm-felled oak', 8, tints[2], 5)}`),
        mark('M112 262 Q112 242 132 242 H508 Q528 242 528 262 V388 Q528 408 508 408 H132 Q112 408 112 388 Z', ink, 3),
        box(72, 300, 44, 52, accent, ink, 20),
        box(524, 300, 44, 52, accent, ink, 20),
        area(circlePath(320, 325, 66), paper),
        mark(circlePath(320, 325, 66), ink, 4),
        area(circlePath(320, 325, 46), accent),
        mark(circlePath(320, 325, 46), ink, 3),
        '</g>',
      ].join(''),
    };
  },
} as const satisfies Readonly<Record<string, Draw>>;
