/**
 * Size budgets (design, section 9), checked on what the build made: what a first visit of each site loads, and each
 * function as a zip would hold it. Usage: npm run sizes. Exit 1 with the name of each that is over.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../', import.meta.url));
const kilobyte = 1000;

/** Bars in bytes after gzip -9. */
const bars = { storefront: 105 * kilobyte, admin: 290 * kilobyte, function: 450 * kilobyte } as const;

export type Measured = { readonly name: string; readonly bytes: number; readonly bar: number };

/** The scripts that a page loads before it can do anything: those that index.html names, preloads included. */
export const initialScripts = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => path.replace(/^\.?\//, ''))),
];

export const overBar = (measured: readonly Measured[]): readonly Measured[] =>
  measured.filter(({ bytes, bar }) => bytes > bar);

const gzipBytes = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;

const measureSite = (site: 'storefront' | 'admin'): Measured => {
  const dist = `${root}${site}/dist/`;
  const scripts = initialScripts(readFileSync(`${dist}index.html`, 'utf8'));
  const bytes = scripts.reduce((sum, path) => sum + gzipBytes(`${dist}${path}`), 0);
  return { name: `${site}, initial JavaScript`, bytes, bar: bars[site] };
};

const measureFunctions = (): readonly Measured[] =>
  ['api', 'workers'].flatMap((workspace) =>
    readdirSync(`${root}${workspace}/dist`)
      .map((name) => ({ name, path: `${root}${workspace}/dist/${name}/index.mjs` }))
      .filter(({ path }) => existsSync(path))
      .map(({ name, path }) => ({ name: `function ${name}`, bytes: gzipBytes(path), bar: bars.function })),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const measured = [measureSite('storefront'), measureSite('admin'), ...measureFunctions()];
  for (const { name, bytes, bar } of measured)
    console.log(`${name}: ${(bytes / kilobyte).toFixed(1)} kB gz of ${bar / kilobyte}${bytes > bar ? '  OVER' : ''}`);
  process.exit(overBar(measured).length === 0 ? 0 : 1);
}
