import type { templates } from '#catalogue';

export type Template = (typeof templates)[number];

/** The colours of one picture: ink, paper, three tints of the category's hue, one accent. */
export type PictureColours = {
  readonly ink: string;
  readonly paper: string;
  readonly tints: readonly [string, string, string];
  readonly accent: string;
};

/** A drawn vessel on a field of 640: its shapes in order, and the box in which its label stands. */
export type Vessel = {
  readonly shapes: string;
  readonly label?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

/** The height of the ground line: 78 % of the field. */
export const groundY = 499;

const line = (ink: string) => `stroke="${ink}" stroke-width="4" stroke-linejoin="round" stroke-linecap="round"`;

/** Draws a vessel standing on the ground line, light from top left. `size` is 0.8 to 1.15: heavier goods are larger. */
export const drawVessel = (template: Template, colours: PictureColours, size: number): Vessel =>
  vessels[template](colours, size);

const box = (x: number, y: number, width: number, height: number, fill: string, ink: string, radius = 4): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" ${line(ink)}/>`;
const path = (d: string, fill: string, ink: string): string => `<path d="${d}" fill="${fill}" ${line(ink)}/>`;
const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, ink: string): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}" ${line(ink)}/>`;

type Draw = (colours: PictureColours, size: number) => Vessel;

const upright =
  (
    baseWidth: number,
    baseHeight: number,
    lid: (x: number, y: number, width: number, colours: PictureColours) => string,
  ): Draw =>
  (colours, size) => {
    const width = baseWidth * size;
    const height = baseHeight * size;
    const x = 320 - width / 2;
    const y = groundY - height;
    const shade = `<rect x="${x + width * 0.72}" y="${y + 2}" width="${width * 0.28 - 2}" height="${height - 4}" fill="${colours.tints[2]}"/>`;
    const label = { x: x + width * 0.1, y: y + height * 0.3, width: width * 0.8, height: height * 0.46 };
    return {
      shapes: `${box(x, y, width, height, colours.tints[1], colours.ink)}${shade}<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="none" ${line(colours.ink)}/>${lid(x, y, width, colours)}${box(label.x, label.y, label.width, label.height, colours.paper, colours.ink, 2)}`,
      label,
    };
  };

const vessels: Readonly<Record<Template, Draw>> = {
  caddy: upright(
    230,
    290,
    (x, y, width, { tints, ink, accent }) =>
      box(x - 8, y - 46, width + 16, 52, tints[2], ink) + box(320 - 22, y - 66, 44, 20, accent, ink),
  ),
  tin: upright(290, 230, (x, y, width, { tints, ink }) => box(x - 6, y - 30, width + 12, 36, tints[2], ink)),
  brick: upright(330, 190, (x, y, width, { accent, ink }) =>
    path(`M${x} ${y} L${x + 40} ${y - 34} H${x + width - 40} L${x + width} ${y} Z`, accent, ink),
  ),
  'gift-box': upright(
    310,
    200,
    (x, y, width, { accent, tints, ink }) =>
      box(x - 10, y - 34, width + 20, 44, tints[2], ink) +
      box(304, y - 34, 32, 44, accent, ink, 0) +
      path(
        `M320 ${y - 36} C280 ${y - 96} 230 ${y - 66} 320 ${y - 36} C410 ${y - 66} 360 ${y - 96} 320 ${y - 36} Z`,
        accent,
        ink,
      ),
  ),
  pouch: (colours, size) => {
    const width = 260 * size;
    const height = 340 * size;
    const [x, y] = [320 - width / 2, groundY - height];
    const label = { x: x + width * 0.12, y: y + height * 0.36, width: width * 0.76, height: height * 0.42 };
    return {
      shapes: `${path(`M${x + 14} ${y + 30} L${x} ${groundY - 12} Q${x} ${groundY} ${x + 14} ${groundY} H${x + width - 14} Q${x + width} ${groundY} ${x + width} ${groundY - 12} L${x + width - 14} ${y + 30} Z`, colours.tints[1], colours.ink)}${path(`M${x + width * 0.76} ${y + 32} L${x + width - 15} ${y + 32} L${x + width - 3} ${groundY - 4} H${x + width * 0.76} Z`, colours.tints[2], 'none')}${box(x + 10, y, width - 20, 36, colours.accent, colours.ink, 2)}${box(label.x, label.y, label.width, label.height, colours.paper, colours.ink, 2)}`,
      label,
    };
  },
  sack: (colours, size) => {
    const width = 290 * size;
    const height = 330 * size;
    const [x, y] = [320 - width / 2, groundY - height];
    const label = { x: x + width * 0.16, y: y + height * 0.42, width: width * 0.68, height: height * 0.38 };
    return {
      shapes: `${path(`M${x + 40} ${y + 60} C${x - 16} ${y + 150} ${x - 16} ${groundY - 60} ${x + 12} ${groundY} H${x + width - 12} C${x + width + 16} ${groundY - 60} ${x + width + 16} ${y + 150} ${x + width - 40} ${y + 60} Z`, colours.tints[1], colours.ink)}${path(`M${x + 40} ${y + 60} L${x + 24} ${y + 6} Q320 ${y + 34} ${x + width - 24} ${y + 6} L${x + width - 40} ${y + 60} Z`, colours.tints[2], colours.ink)}${box(x + 44, y + 50, width - 88, 18, colours.accent, colours.ink, 2)}${box(label.x, label.y, label.width, label.height, colours.paper, colours.ink, 2)}`,
      label,
    };
  },
  sampler: (colours) => {
    const cells = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => {
      const [x, y] = [142 + (index % 4) * 92, 236 + Math.floor(index / 4) * 92];
      return ellipse(
        x + 40,
        y + 40,
        36,
        36,
        [colours.tints[0], colours.tints[1], colours.tints[2], colours.accent][(index * 3) % 4] ?? colours.paper,
        colours.ink,
      );
    });
    return {
      shapes: `${box(126, 212, 388, groundY - 212, colours.paper, colours.ink)}${cells.join('')}${box(126, 420, 388, groundY - 420, colours.tints[1], colours.ink)}`,
      label: { x: 150, y: 428, width: 340, height: 62 },
    };
  },
  dripper: (colours, size) => {
    const reach = 150 * size;
    return {
      shapes: `${path(`M${320 - reach} 220 L${320 - 46} 390 H${320 + 46} L${320 + reach} 220 Z`, colours.paper, colours.ink)}${[-80, -30, 30, 80].map((dx) => path(`M${320 + dx * size} 236 Q${320 + dx * 0.4} 320 ${320 + dx * 0.35} 380`, 'none', colours.ink)).join('')}${ellipse(320, 220, reach, 26, colours.tints[2], colours.ink)}${path(`M${320 + reach - 10} 250 q60 10 34 74 q-16 28 -64 12`, 'none', colours.ink)}${box(230, 388, 180, 22, colours.tints[1], colours.ink)}${path('M262 410 H378 L366 499 H274 Z', colours.tints[1], colours.ink)}`,
    };
  },
  press: (colours, size) => {
    const half = 84 * size;
    return {
      shapes: `${box(320 - 5, 120, 10, 80, colours.ink, colours.ink, 0)}${ellipse(320, 112, 20, 16, colours.accent, colours.ink)}${box(320 - half - 10, 190, 2 * half + 20, 34, colours.tints[2], colours.ink)}${box(320 - half, 224, 2 * half, groundY - 224, colours.paper, colours.ink)}${box(320 - half + 2, 330, 2 * half - 4, groundY - 332, colours.tints[2], 'none')}${box(320 - half, 318, 2 * half, 14, colours.tints[1], colours.ink)}${path(`M${320 + half} 250 h52 q18 0 18 18 v130 q0 18 -18 18 h-52`, 'none', colours.ink)}${box(320 - half - 8, groundY - 20, 2 * half + 16, 20, colours.tints[1], colours.ink)}`,
    };
  },
  kettle: (colours, size) => {
    const r = 132 * size;
    return {
      shapes: `${path(`M${320 - r} ${groundY} C${320 - r - 26} 360 ${320 - r * 0.6} 290 320 290 C${320 + r * 0.6} 290 ${320 + r + 26} 360 ${320 + r} ${groundY} Z`, colours.tints[1], colours.ink)}${path(`M${320 + r * 0.3} 300 C${320 + r} 340 ${320 + r + 14} 400 ${320 + r - 4} ${groundY - 4} H${320 + r * 0.4} C${320 + r * 0.6} 420 ${320 + r * 0.6} 350 ${320 + r * 0.3} 300 Z`, colours.tints[2], 'none')}${path(`M${320 - r + 4} 420 C${320 - r - 70} 410 ${320 - r - 50} 290 ${320 - r - 84} 262`, 'none', colours.ink)}${box(320 - 66, 274, 132, 20, colours.tints[2], colours.ink)}${ellipse(320, 262, 16, 12, colours.accent, colours.ink)}${path(`M${320 - 60} 274 C${320 - 70} 160 ${320 + 110} 150 ${320 + r} 340`, 'none', colours.ink)}`,
    };
  },
  cup: (colours, size) => {
    const half = 120 * size;
    return {
      shapes: `${ellipse(320, 486, half + 60, 13, colours.tints[1], colours.ink)}${path(`M${320 - half} 300 C${320 - half} 430 ${320 - 70} 478 ${320 - 52} 480 H${320 + 52} C${320 + 70} 478 ${320 + half} 430 ${320 + half} 300 Z`, colours.paper, colours.ink)}${path(`M${320 + half * 0.3} 320 H${320 + half - 4} C${320 + half - 6} 430 ${320 + 66} 474 ${320 + 50} 477 H${320 + 20} C${320 + half * 0.5} 440 ${320 + half * 0.4} 370 ${320 + half * 0.3} 320 Z`, colours.tints[1], 'none')}${ellipse(320, 300, half, 30, colours.tints[2], colours.ink)}${ellipse(320, 304, half - 16, 20, colours.accent, colours.ink)}${path(`M${320 + half - 4} 326 q72 -12 62 48 q-12 54 -86 46`, 'none', colours.ink)}`,
    };
  },
  whisk: (colours) => ({
    shapes: `${[-96, -72, -48, -24, 0, 24, 48, 72, 96].map((dx) => path(`M${320 + dx * 0.3} 320 C${320 + dx * 1.1} 360 ${320 + dx} 450 ${320 + dx * 0.9} 499`, 'none', colours.ink)).join('')}${path('M284 320 H356 L348 150 Q320 138 292 150 Z', colours.tints[1], colours.ink)}${box(280, 300, 80, 26, colours.accent, colours.ink, 2)}${path('M330 152 L348 150 L356 320 H338 Z', colours.tints[2], 'none')}`,
  }),
};
