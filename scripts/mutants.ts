/**
 * A rule that no test guards is a wish. Each row of scripts/mutants.json breaks one rule in one place (`from` becomes
 * `to` in `file`, in memory alone); the named tests must then fail. Usage: node scripts/mutants.ts [RULE …]. Exit 1 when a
 * mutant lives, or when its text is no longer in the file.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Mutant = {
  readonly rule: string;
  /** What is broken, in words. */
  readonly breaks: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The workspace whose tests must notice, and which of them. */
  readonly workspace: string;
  readonly tests: readonly string[];
};

const root = fileURLToPath(new URL('../', import.meta.url));

export const readMutants = (): readonly Mutant[] =>
  JSON.parse(readFileSync(new URL('mutants.json', import.meta.url), 'utf8')) as readonly Mutant[];

/** Why a mutant cannot be planted: its text must be in the file exactly once. */
export const plantFault = (mutant: Mutant): string | undefined => {
  const count = readFileSync(`${root}${mutant.file}`, 'utf8').split(mutant.from).length - 1;
  return count === 1 ? undefined : `its text is ${count} times in ${mutant.file}`;
};

/** Runs the tests of one mutant. Only failed tests kill it (exit 1 with a count of them), not a run that could not start. */
const isKilled = (mutant: Mutant): boolean => {
  const run = spawnSync(
    `${root}node_modules/.bin/vitest`,
    [
      'run',
      '--config',
      `${root}scripts/mutants.vitest.config.ts`,
      '--root',
      `${root}${mutant.workspace}`,
      ...mutant.tests,
    ],
    { encoding: 'utf8', env: { ...process.env, MUTANT: JSON.stringify(mutant), NO_COLOR: '1' }, timeout: 120_000 },
  );
  return run.status === 1 && /Tests .*\d+ failed/.test(run.stdout);
};

const main = (rules: readonly string[]): number => {
  const mutants = readMutants().filter(({ rule }) => rules.length === 0 || rules.includes(rule));
  let alive = 0;
  for (const mutant of mutants) {
    const fault =
      plantFault(mutant) ?? (isKilled(mutant) ? undefined : `no test of ${mutant.tests.join(', ')} noticed`);
    if (fault !== undefined) alive += 1;
    console.error(`${mutant.rule} ${mutant.breaks}: ${fault ?? 'caught'}`);
  }
  console.error(`mutants: ${mutants.length - alive} of ${mutants.length} caught`);
  return alive === 0 && mutants.length > 0 ? 0 : 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(process.argv.slice(2)));
