/**
 * Prose that lies is a fault: every link with its anchor, every path and every npm script that a page of ours names must
 * exist, and the index of decisions must name every record. Usage: npm run docs. Exit 1 with one line a fault.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Page = { readonly path: string; readonly text: string };
export type World = {
  readonly exists: (path: string) => boolean;
  readonly read: (path: string) => string;
  readonly scripts: ReadonlySet<string>;
};

const builtIn = new Set(['install', 'ci', 'exec', 'audit']);

/** What is wrong with one page, one sentence each. */
export const checkPage = ({ path, text }: Page, world: World): readonly string[] => [
  ...[...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => join(dirname(path), target))
    .filter((target) => !world.exists(target))
    .map((target) => `${path}: links to ${target}, which does not exist`),
  ...[...text.matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)]
    .map(([, target = '', anchor = '']) => ({ target: target === '' ? path : join(dirname(path), target), anchor }))
    .filter(({ target }) => target === path || (target.endsWith('.md') && world.exists(target)))
    .filter(({ target, anchor }) => !anchorsIn(target === path ? text : world.read(target)).has(anchor))
    .map(({ target, anchor }) => `${path}: links to ${target}#${anchor}, a heading that ${target} has not`),
  ...[
    ...text.matchAll(
      /`((?:domain|platform|api|workers|local|brand|storefront|admin|e2e|loadtest|terraform|scripts|docs|\.ci)\/[A-Za-z0-9_./-]*)`/g,
    ),
  ]
    .map(([, target = '']) => target.replace(/\/$/, ''))
    .filter((target) => !world.exists(target))
    .map((target) => `${path}: names ${target}, which does not exist`),
  ...namedTests(text)
    .filter(({ path: file, title }) => world.exists(file) && !world.read(file).includes(title))
    .map(({ path: file, title }) => `${path}: names the test "${title}", which ${file} has not`),
  ...[...text.matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)]
    .map(([whole = '', script = '']) => ({ whole, script }))
    .filter(({ script }) => !world.scripts.has(script) && !builtIn.has(script) && !proseAfterNpm.has(script))
    .map(({ whole }) => `${path}: names \`${whole}\`, which package.json has not`),
  ...[...text.matchAll(/\bnode ([a-z]+\/[A-Za-z0-9_./-]+\.ts)/g)].map(
    ([, target = '']) =>
      `${path}: runs ${target} with the machine's Node, which may not read TypeScript: name an npm script`,
  ),
];

/** What is wrong with the index of decisions: each record must be named in it. */
export const checkDecisions = (index: string, records: readonly string[]): readonly string[] =>
  records.filter((name) => !index.includes(`](${name})`)).map((name) => `docs/decisions/README.md: lacks ${name}`);

/** The anchors of a page's headings, as the hosts of repositories make them. */
const anchorsIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );

/** The tests that a page names, as `file`: "title", "another title". */
const namedTests = (text: string): readonly { readonly path: string; readonly title: string }[] =>
  [...text.matchAll(/`([a-z0-9/-]+(?:\.test|-suite)\.ts)`: ((?:"[^"\n]+"(?:, )?)+)/g)].flatMap(
    ([, path = '', titles = '']) => [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ path, title })),
  );

/** Words that follow "npm" in a sentence and are no script. */
const proseAfterNpm = new Set([
  'package',
  'packages',
  'client',
  'and',
  'or',
  'workspaces',
  'passes',
  'does',
  'process',
  'is',
]);

const root = fileURLToPath(new URL('../', import.meta.url));

const main = (): number => {
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.md') && !/(^|\/)(node_modules|dist|\.penstock|\.turbo)\//.test(name),
  );
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const world: World = {
    exists: (path) => existsSync(join(root, path)),
    read: (path) => readFileSync(join(root, path), 'utf8'),
    scripts: new Set(Object.keys(scripts)),
  };
  const faults: string[] = pages.flatMap((path) =>
    checkPage({ path, text: readFileSync(join(root, path), 'utf8') }, world),
  );
  const decisions = join(root, 'docs/decisions');
  const records = readdirSync(decisions).filter((name) => /^\d{3}-.*\.md$/.test(name));
  faults.push(...checkDecisions(readFileSync(join(decisions, 'README.md'), 'utf8'), records));
  for (const fault of faults) console.error(fault);
  console.error(`docs: ${pages.length} pages, ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main());
