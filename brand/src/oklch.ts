/** A colour as the design states it: lightness 0..1, chroma, hue in degrees. */
export type Oklch = readonly [lightness: number, chroma: number, hue: number];

/** The colour as CSS writes it. */
export const cssOf = ([lightness, chroma, hue]: Oklch): string => `oklch(${lightness} ${chroma} ${hue})`;

/** The nearest colour of sRGB as #rrggbb, for what reads no OKLCH: picture rasterisers and themes that calculate. */
export const hexOf = (colour: Oklch): string =>
  `#${linearOf(colour)
    .map((channel) =>
      Math.round(255 * gamma(Math.min(1, Math.max(0, channel))))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** WCAG contrast ratio of two colours, 1 to 21. */
export const contrastOf = (left: Oklch, right: Oklch): number => {
  const [light, dark] = [luminanceOf(left), luminanceOf(right)].sort((one, other) => other - one);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
};

const luminanceOf = (colour: Oklch): number => {
  const [red = 0, green = 0, blue = 0] = linearOf(colour).map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Linear sRGB, by the matrices of the OKLab definition (Björn Ottosson, 2020). */
const linearOf = ([lightness, chroma, hue]: Oklch): readonly number[] => {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
};

const gamma = (channel: number): number =>
  channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055;
