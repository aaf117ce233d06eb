/**
 * Rule = test = mutant: every rule of docs/spec/*.md that is not marked planned is cited by at least one test title and broken
 * by at least one mutant (mutants.json), and whatever is cited or broken exists. Usage: npm run spec. Exit 1 when
 * they differ.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readMutants } from './mutants.ts';

export type Rule = { readonly id: string; readonly planned: boolean };
export type Citation = { readonly id: string; readonly file: string };

/** The rules of one page: lines that begin `- **A1**`. */
export const readRules = (page: string): readonly Rule[] =>
  [...page.matchAll(/^- \*\*([A-Z]\d{1,2})\*\*( \*\(planned\)\*)?/gm)].map(([, id = '', planned]) => ({
    id,
    planned: planned !== undefined,
  }));

/** The rules that a test file cites: `[C5]` anywhere in a title. Two-digit ids need a letter from A to H, or T. */
export const readCitations = (file: string, text: string): readonly Citation[] =>
  [...text.matchAll(/\[([A-HT]\d{1,2})\]/g)].map(([, id = '']) => ({ id, file }));

/** What is wrong, one sentence each. */
export const compare = (
  rules: readonly Rule[],
  citations: readonly Citation[],
  mutants: readonly { readonly rule: string }[],
): readonly string[] => {
  const known = new Set(rules.map((rule) => rule.id));
  const cited = new Set(citations.map((citation) => citation.id));
  const broken = new Set(mutants.map(({ rule }) => rule));
  const built = rules.filter((rule) => !rule.planned);
  return [
    ...built.filter(({ id }) => !cited.has(id)).map(({ id }) => `No test cites rule ${id}.`),
    ...built.filter(({ id }) => !broken.has(id)).map(({ id }) => `No mutant breaks rule ${id}.`),
    ...[...broken].filter((id) => !known.has(id)).map((id) => `A mutant breaks ${id}, which no page of docs/spec has.`),
    ...citations
      .filter(({ id }) => !known.has(id))
      .map(({ id, file }) => `${file} cites ${id}, which no page of docs/spec has.`),
  ];
};

const root = fileURLToPath(new URL('../', import.meta.url));

const main = (): number => {
  const pages = readdirSync(`${root}docs/spec`).filter((name) => name.endsWith('.md'));
  const rules = pages.flatMap((name) => readRules(readFileSync(`${root}docs/spec/${name}`, 'utf8')));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      /(\.test\.tsx?|contract-suite\.ts|\/testing\/.*\.ts)$/.test(name) &&
      !/(^|\/)(node_modules|dist|\.[a-z]+)\//.test(name) &&
      !name.startsWith('scripts/'),
  );
  const citations = files.flatMap((name) => readCitations(name, readFileSync(`${root}${name}`, 'utf8')));
  for (const { id, planned } of rules) {
    const places = [...new Set(citations.filter((citation) => citation.id === id).map((citation) => citation.file))];
    console.log(`${id}${planned ? ' (planned)' : ''}: ${places.join(', ') || 'no test'}`);
  }
  const faults = compare(rules, citations, readMutants());
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main());
