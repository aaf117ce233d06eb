/**
 * Who may import whom (docs/architecture.md). The rules are generated from the folder list: a new top-level workspace
 * without a row here is a fault, and so is a new feature of the storefront that imports another one.
 *
 * Usage: npm run boundaries [ROOT]. Exit 1 with one line a violation.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a workspace's sources may import of ours. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  brand: ['domain'],
  platform: ['domain'],
  api: ['domain', 'platform'],
  workers: ['domain', 'platform'],
  local: ['domain', 'platform', 'brand', 'api', 'workers'],
  storefront: ['domain', 'brand'],
  admin: ['domain', 'brand'],
  e2e: ['domain', 'platform', 'local'],
  loadtest: ['domain', 'platform', 'local'],
};

/** Folders at the root that hold no workspace of ours. */
const notWorkspaces = new Set(['docs', 'scripts', 'terraform', 'node_modules', 'dist']);
const sdk = /^@(aws-sdk|smithy)\//;
const source = /\.(ts|tsx)$/;
const test = /\.test\.tsx?$|contract-suite\.ts$|\/testing\/|\/test\//;
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

export type Violation = { readonly file: string; readonly imports: string; readonly rule: string };

/** Every violation below a root, in the order of the files. */
export const findViolations = (root: string): readonly Violation[] => {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !notWorkspaces.has(entry.name))
    .map((entry) => entry.name);
  return folders.flatMap((workspace) => {
    const files = listSources(join(root, workspace));
    if (files.length > 0 && mayImport[workspace] === undefined)
      return [{ file: workspace, imports: '', rule: 'a new workspace needs a row in scripts/boundaries.ts' }];
    return files.flatMap((file) => checkFile(root, workspace, file));
  });
};

const checkFile = (root: string, workspace: string, file: string): readonly Violation[] => {
  const name = relative(root, file).split(sep).join('/');
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(importPattern)].flatMap((match) => {
    const imported = match[1] ?? match[2] ?? match[3] ?? '';
    const rule = ruleBroken(root, workspace, file, name, imported);
    return rule === undefined ? [] : [{ file: name, imports: imported, rule }];
  });
};

const ruleBroken = (
  root: string,
  workspace: string,
  file: string,
  name: string,
  imported: string,
): string | undefined => {
  const ours = /^@penstock\/([a-z0-9-]+)/.exec(imported)?.[1];
  if (ours !== undefined && ours !== workspace && !mayImport[workspace]?.includes(ours))
    return `${workspace} may import ${mayImport[workspace]?.join(', ') || 'nothing of ours'}`;
  if (sdk.test(imported) && workspace !== 'platform' && !test.test(name)) return 'only platform imports an AWS SDK';
  if (imported.startsWith('../../../')) return 'never three dots up: use the package imports (#…)';
  if (workspace === 'domain' && !test.test(name) && !/^(#|zod)/.test(imported)) return 'domain depends on zod alone';
  if (/^(api|workers)\/src\/core\//.test(name) && !test.test(name)) {
    if (imported.startsWith('node:') || /^#(flows|handlers|http|compose)/.test(imported))
      return 'core is pure: no node, flow, handler';
    if (imported.startsWith('@penstock/platform'))
      return 'core is pure: it takes and returns data, so it needs nothing of platform';
  }
  if (imported.startsWith('.') || imported.startsWith('#')) return featureRule(root, workspace, file, name, imported);
  return undefined;
};

/** Storefront: ui, lib < features < app, and no feature imports another. */
const featureRule = (
  root: string,
  workspace: string,
  file: string,
  name: string,
  imported: string,
): string | undefined => {
  const base = join(root, workspace, 'src');
  const target = imported.startsWith('#') ? join(base, imported.slice(1)) : resolve(dirname(file), imported);
  const targetName = relative(root, target).split(sep).join('/');
  const left = targetName.split('/')[0];
  if (
    imported.startsWith('.') &&
    left !== workspace &&
    left !== '..' &&
    mayImport[left ?? ''] !== undefined &&
    workspace !== 'local'
  )
    return `reach ${left} by its package name`;
  if (workspace !== 'storefront') return undefined;
  const from = layerOf(name);
  const to = layerOf(targetName);
  if (from === undefined || to === undefined) return undefined;
  if (from.layer === 'features' && to.layer === 'features' && from.feature !== to.feature)
    return 'features do not import features';
  return rank[to.layer] > rank[from.layer] ? `${from.layer} may not import ${to.layer}` : undefined;
};

type Layer = 'ui' | 'lib' | 'features' | 'app';

const rank: Readonly<Record<Layer, number>> = { ui: 0, lib: 0, features: 1, app: 2 };

const layerOf = (name: string): { readonly layer: Layer; readonly feature: string } | undefined => {
  const match = /^storefront\/src\/(ui|lib|features|app)(?:\/([^/]+))?/.exec(name);
  if (match === null) return undefined;
  return { layer: match[1] as Layer, feature: match[2] ?? '' };
};

const listSources = (folder: string): readonly string[] =>
  ['src', 'test'].flatMap((part) => {
    const start = join(folder, part);
    if (!existsSync(start)) return [];
    return readdirSync(start, { recursive: true, encoding: 'utf8' })
      .filter((entry) => source.test(entry) && !entry.includes('node_modules'))
      .map((entry) => join(start, entry));
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../', import.meta.url)));
  const violations = findViolations(root);
  for (const { file, imports, rule } of violations) console.error(`${file}: imports ${imports}: ${rule}`);
  console.error(violations.length === 0 ? 'boundaries: clean' : `boundaries: ${violations.length} violations`);
  process.exit(violations.length === 0 ? 0 : 1);
}
