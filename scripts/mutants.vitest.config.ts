import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { Mutant } from './mutants.ts';

// biome-ignore lint/suspicious/noUndeclaredEnvVars: set by mutants.ts for this run alone; no turbo task reads it.
const { file, from, to } = JSON.parse(process.env.MUTANT ?? '{}') as Mutant;
const path = fileURLToPath(new URL(`../${file}`, import.meta.url));

/** Plants the mutant of the environment as its file is loaded; nothing is written. */
export default defineConfig({
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      transform: (code: string, id: string) => (id.split('?')[0] === path ? code.replace(from, () => to) : undefined),
    },
  ],
  // No cache: it would hand one mutant's modules to the next.
  test: { include: ['src/**/*.test.{ts,tsx}'], fsModuleCache: false, cache: false },
});
