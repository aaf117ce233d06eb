import { categories } from '#categories';
import { cssOf } from '#oklch';
import {
  categoryChroma,
  categoryHues,
  categoryLightness,
  dark,
  faces,
  light,
  type Palette,
  radiusPx,
  spaceStepPx,
  typeScale,
} from '#tokens';

/** The style sheet of the tokens, as src/tokens.css holds it: `node src/tokens-css.ts > src/tokens.css` makes it anew. */
export const tokensCss = (): string =>
  `/* Made by src/tokens-css.ts from src/tokens.ts. */
:root {
  color-scheme: light dark;
${names.map((name) => `  --${name}: light-dark(${cssOf(light[name])}, ${cssOf(dark[name])});`).join('\n')}
  --on-action: var(--ground);
  --on-category: var(--ink);
${typeScale.map((px, index) => `  --text-${index + 1}: ${px / 16}rem;`).join('\n')}
  --space: ${spaceStepPx}px;
  --radius: ${radiusPx}px;
  --face: ${faces.text};
  --face-head: ${faces.head};
  --face-story: ${faces.story};
}
:root[data-theme="light"] {
  color-scheme: light;
}
:root[data-theme="dark"] {
  color-scheme: dark;
}
${categories.map(({ slug }, index) => categoryRule(slug, categoryHues[index] ?? 0)).join('\n')}
`;

/** The ground that the pictures of a category have, in both rooms: what is written upon it is always ink. */
const categoryRule = (slug: string, hue: number): string =>
  `[data-category="${slug}"] {
  --category: ${cssOf([categoryLightness, categoryChroma, hue])};
  --on-category: ${cssOf(light.ink)};
}`;

const names = Object.keys(light) as (keyof Palette)[];

if (process.argv[1]?.endsWith('tokens-css.ts')) process.stdout.write(tokensCss());
