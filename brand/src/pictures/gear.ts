import { area, box, circlePath, clipped, ellipse, hatch, mark, rectPath, shape } from '#pictures/svg';
import { centreX as cx, type Draw, groundY as g } from '#pictures/vessel';

const steelLines = (x: number, y: number, width: number, height: number, ink: string): string =>
  hatch({ x: x + width * 0.74, y, width: width * 0.26, height }, ink, 8);

/** What one brews with. None has a label: a plate on the ground names it. */
export const gear = {
  dripper: ({ paper, tints, ink, accent }, size) => {
    const reach = 176 * size;
    const cone = `M${cx - reach} 186 L${cx - 54} 384 H${cx + 54} L${cx + reach} 186 Z`;
    return {
      shapes: [
        mark(`M${cx + reach - 16} 220 q84 4 60 84 q-14 40 -96 26`, ink, 14),
        mark(`M${cx + reach - 16} 220 q84 4 60 84 q-14 40 -96 26`, paper, 6),
        shape(cone, paper, ink),
        clipped(cone, steelLines(cx - reach, 186, 2 * reach - 40, 200, ink)),
        mark(
          [-0.74, -0.4, 0, 0.4]
            .map((part) => `M${cx + part * reach} 206 Q${cx + part * 90} 300 ${cx + part * 60 + 8} 378`)
            .join(''),
          ink,
          3.5,
        ),
        ellipse(cx, 186, reach, 30, tints[2], ink),
        ellipse(cx, 190, reach - 24, 19, ink, ink),
        box(cx - 124, 382, 248, 24, accent, ink),
        shape(`M${cx - 76} 406 H${cx + 76} L${cx + 60} ${g} H${cx - 60} Z`, tints[1], ink),
        steelLines(cx - 70, 408, 138, g - 410, ink),
      ].join(''),
    };
  },
  filters: ({ paper, tints, ink, accent }) => ({
    shapes: [
      shape('M196 150 L320 118 L470 150 L400 340 H254 Z', paper, ink),
      shape('M176 176 L320 150 L462 176 L404 350 H246 Z', paper, ink),
      mark('M320 150 V340 M222 320 L200 190', ink, 2),
      box(176, 330, 288, g - 330, tints[2], ink),
      box(176, 372, 288, 80, paper, ink, 0),
      area(circlePath(250, 412, 26), accent),
      mark('M300 398 h130 M300 424 h96', ink, 8),
      steelLines(176, 332, 286, g - 334, ink),
    ].join(''),
  }),
  press: ({ paper, tints, ink, accent }) => ({
    shapes: [
      mark(`M${cx + 96} 236 h66 q20 0 20 20 v150 q0 20 -20 20 h-66`, ink, 18),
      mark(`M${cx + 96} 236 h66 q20 0 20 20 v150 q0 20 -20 20 h-66`, accent, 9),
      box(cx - 6, 92, 12, 92, ink, ink, 0),
      ellipse(cx, 86, 24, 20, accent, ink),
      shape(`M${cx - 102} 210 Q${cx} 150 ${cx + 102} 210 Z`, tints[2], ink),
      shape(`M${cx - 100} 210 H${cx + 100} V${g} H${cx - 100} Z M${cx - 100} 226 l-34 -12 l34 -4`, paper, ink),
      steelLines(cx - 100, 212, 198, g - 214, ink),
      box(cx - 106, 226, 212, 18, tints[1], ink),
      box(cx - 106, g - 30, 212, 30, tints[2], ink),
      mark(`M${cx - 74} 264 V${g - 46}`, tints[1], 12),
    ].join(''),
  }),
  grinder: ({ paper, tints, ink, accent }) => ({
    shapes: [
      mark(`M${cx} 130 H${cx + 170} V150`, ink, 14),
      ellipse(cx + 170, 176, 26, 32, accent, ink),
      box(cx - 16, 114, 32, 46, ink, ink),
      shape(`M${cx - 66} 160 h132 l10 26 h-152 Z`, tints[1], ink),
      box(cx - 76, 186, 152, 160, tints[2], ink),
      steelLines(cx - 76, 188, 150, 156, ink),
      mark(Array.from({ length: 7 }, (_, index) => `M${cx - 60 + index * 18} 204 v124`).join(''), paper, 3),
      box(cx - 84, 346, 168, 24, accent, ink),
      box(cx - 76, 370, 152, g - 370, paper, ink),
      steelLines(cx - 76, 372, 150, g - 374, ink),
      mark(`M${cx - 76} 440 h152`, ink),
    ].join(''),
  }),
  kettle: ({ tints, ink, accent, paper }) => {
    const body = `M168 ${g} C150 ${g - 90} 196 292 272 270 H388 C444 296 480 ${g - 90} 466 ${g} Z`;
    return {
      shapes: [
        mark(`M180 440 C70 430 150 250 72 212`, ink, 26),
        mark(`M180 440 C70 430 150 250 72 212`, tints[1], 17),
        mark(`M400 286 C560 216 566 420 474 446`, ink, 24),
        mark(`M400 286 C560 216 566 420 474 446`, accent, 15),
        shape(body, tints[1], ink),
        clipped(body, steelLines(168, 266, 310, 240, ink)),
        mark(`M214 ${g - 30} C204 400 232 330 262 304`, paper, 9),
        shape('M262 270 Q330 222 398 270 Z', tints[2], ink),
        ellipse(330, 228, 20, 16, accent, ink),
      ].join(''),
    };
  },
  teapot: ({ tints, ink, accent, paper }) => {
    const body = `M150 420 C150 320 230 290 320 290 C410 290 490 320 490 420 C490 470 460 ${g} 420 ${g} H220 C180 ${g} 150 470 150 420 Z`;
    const studs = Array.from({ length: 4 }, (_, row) =>
      Array.from({ length: 9 }, (__, column) =>
        area(circlePath(190 + column * 34 + (row % 2) * 17, 336 + row * 36, 6), paper),
      ).join(''),
    ).join('');
    return {
      shapes: [
        mark('M204 306 C170 130 470 130 436 306', ink, 16),
        mark('M204 306 C170 130 470 130 436 306', accent, 7),
        shape('M156 400 C110 390 100 330 62 318 L84 296 C140 312 150 350 176 360 Z', ink, ink),
        shape(body, ink, ink),
        clipped(body, `${studs}${hatch({ x: 408, y: 290, width: 90, height: 210 }, tints[2])}`),
        shape('M250 292 Q320 250 390 292 Z', tints[2], ink),
        ellipse(320, 258, 18, 15, accent, ink),
      ].join(''),
    };
  },
  moka: ({ tints, ink, accent, paper }) => ({
    shapes: [
      mark('M410 220 h70 l-22 130', ink, 28),
      mark('M410 220 h70 l-22 130', accent, 18),
      shape('M236 200 H410 L384 330 H262 Z M236 200 L200 176 L236 214', paper, ink),
      hatch({ x: 352, y: 202, width: 50, height: 128 }, ink),
      mark('M278 202 L292 328 M346 202 L336 328', ink),
      shape('M240 200 Q322 140 406 200 Z', tints[1], ink),
      ellipse(322, 160, 18, 16, accent, ink),
      box(254, 330, 138, 26, tints[2], ink),
      shape(`M258 356 H388 L424 ${g} H222 Z`, tints[1], ink),
      hatch({ x: 356, y: 358, width: 52, height: g - 360 }, ink),
      mark(`M292 358 L274 ${g} M352 358 L370 ${g}`, ink),
      ellipse(272, 440, 9, 9, accent, ink),
    ].join(''),
  }),
  bottle: ({ tints, ink, accent, paper }) => {
    const body = `M276 120 H364 V190 C364 224 416 234 416 290 V${g - 16} Q416 ${g} 400 ${g} H240 Q224 ${g} 224 ${g - 16} V290 C224 234 276 224 276 190 Z`;
    return {
      shapes: [
        shape(body, paper, ink),
        clipped(
          body,
          `${area(rectPath({ x: 220, y: 300, width: 200, height: 200 }), tints[2])}${mark('M220 300 H420', ink)}`,
        ),
        area('M284 130 h72 v200 q0 90 -36 110 q-36 -20 -36 -110 Z', tints[1]),
        mark('M284 130 h72 v200 q0 90 -36 110 q-36 -20 -36 -110 Z', ink, 3),
        mark(Array.from({ length: 8 }, (_, index) => `M288 ${190 + index * 28} h64`).join(''), ink, 2),
        clipped(body, hatch({ x: 372, y: 240, width: 50, height: 260 }, ink)),
        mark('M246 310 V460', paper, 8),
        box(268, 86, 104, 40, accent, ink),
        shape(body, 'none', ink),
      ].join(''),
    };
  },
  scale: ({ tints, ink, accent, paper }) => ({
    shapes: [
      shape('M236 250 H404 L388 388 H252 Z', paper, ink),
      area('M243 310 H397 L389 386 H251 Z', tints[2]),
      mark('M236 250 H404 L388 388 H252 Z', ink, 4),
      mark('M404 274 q56 4 42 58 q-10 24 -50 20', ink, 8),
      ellipse(320, 250, 84, 15, tints[1], ink),
      box(128, 388, 384, 22, paper, ink),
      box(112, 410, 416, g - 410, ink, ink, 8),
      box(250, 428, 190, 50, accent, ink),
      mark(
        'M268 440 v26 M290 440 h18 v12 h-18 v14 h18 M328 440 h18 v26 h-18 Z M366 466 v-2 M386 440 h18 v26 h-18 Z',
        ink,
        5,
      ),
      area(circlePath(170, 453, 14), paper),
      area(circlePath(474, 453, 14), tints[1]),
    ].join(''),
  }),
  infuser: ({ tints, ink, accent, paper }) => {
    const mesh = 'M236 190 H404 V380 Q404 414 370 414 H270 Q236 414 236 380 Z';
    return {
      shapes: [
        shape(mesh, tints[1], ink),
        clipped(
          mesh,
          mark(
            Array.from(
              { length: 26 },
              (_, index) => `M${60 + index * 18} 180 l240 240 M${580 - index * 18} 180 l-240 240`,
            ).join(''),
            ink,
            2,
          ),
        ),
        mark(mesh, ink, 4),
        box(180, 166, 280, 26, paper, ink),
        shape('M120 420 H520 Q514 452 470 452 H170 Q126 452 120 420 Z', paper, ink),
        shape(`M210 452 H430 L440 ${g} H200 Z`, accent, ink),
        hatch({ x: 380, y: 454, width: 56, height: g - 456 }, ink),
        mark('M460 178 h34 v30', ink, 9),
      ].join(''),
    };
  },
} as const satisfies Readonly<Record<string, Draw>>;
