import type { Oklch } from '#oklch';

/** The colours of one room of the house. `on-…` is what is written upon the colour. */
export type Palette = {
  readonly ground: Oklch;
  readonly card: Oklch;
  readonly ink: Oklch;
  readonly muted: Oklch;
  readonly rule: Oklch;
  /** Sluice: what can be acted on. */
  readonly action: Oklch;
  /** Only for what needs the reader. */
  readonly signal: Oklch;
  /** Moss and brick, always beside a word. */
  readonly ok: Oklch;
  readonly refused: Oklch;
};

export const light: Palette = {
  ground: [0.975, 0.006, 205],
  card: [0.945, 0.009, 205],
  ink: [0.25, 0.045, 232],
  muted: [0.47, 0.035, 228],
  rule: [0.84, 0.015, 215],
  action: [0.46, 0.085, 222],
  signal: [0.53, 0.17, 38],
  ok: [0.47, 0.1, 150],
  refused: [0.48, 0.15, 28],
};

export const dark: Palette = {
  ground: [0.19, 0.028, 232],
  card: [0.24, 0.032, 232],
  ink: [0.94, 0.012, 205],
  muted: [0.75, 0.025, 215],
  rule: [0.36, 0.03, 230],
  action: [0.79, 0.095, 205],
  signal: [0.76, 0.13, 50],
  ok: [0.78, 0.12, 150],
  refused: [0.74, 0.13, 28],
};

/** Hues of the six categories, in the order of categories.ts: equal lightness and chroma. Picture grounds and the index alone. */
export const categoryHues = [35, 145, 350, 75, 255, 110] as const;
export const categoryLightness = 0.86;
export const categoryChroma = 0.06;

/** Text sizes in px, big jumps. */
export const typeScale = [13, 15, 18, 24, 36, 64] as const;
export const spaceStepPx = 4;
export const radiusPx = 2;
export const faces = {
  text: '"Barlow", "Barlow Fallback", system-ui, sans-serif',
  story: '"Literata", "Literata Fallback", Georgia, serif',
  head: '"Barlow Condensed", "Barlow Condensed Fallback", "Arial Narrow", sans-serif',
} as const;
