/**
 * Which suites a test command runs, one after the other, all of them even when one fails. Usage: node scripts/suites.ts test|browser|deep.
 * test: unit and contract suites of every workspace, then the contract from outside, the faults and the main journeys.
 * browser: every page at its widths. deep: the mutants of the rules, kills of every part and the second engines.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `command` of node_modules/.bin; vitest unless it says otherwise. */
type Suite = {
  readonly name: string;
  readonly folder: string;
  readonly args: readonly string[];
  readonly command?: string;
};

const root = fileURLToPath(new URL('../', import.meta.url));
const mutants: Suite = { name: 'mutants', folder: 'scripts', command: 'node', args: ['mutants.ts'] };
const unit = (folder: string): Suite => ({ name: folder, folder, args: [] });
const e2e = (project: string): Suite => ({ name: `e2e ${project}`, folder: 'e2e', args: ['--project', project] });

const suites: Readonly<Record<string, readonly Suite[]>> = {
  test: [
    ...['domain', 'platform', 'api', 'workers', 'brand', 'storefront', 'admin', 'local', 'scripts'].map(unit),
    ...['contract', 'faults', 'journeys'].map(e2e),
  ],
  browser: [e2e('pages')],
  deep: [mutants, e2e('deep'), unit('local')],
};

const chosen = suites[process.argv[2] ?? ''];
if (chosen === undefined) {
  console.error(`suites: name one of ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}

const failed = chosen.filter(({ name, folder, args, command }) => {
  console.error(`\n-- ${name}`);
  const run = spawnSync(
    `${root}node_modules/.bin/${command ?? 'vitest'}`,
    command === undefined ? ['run', ...args] : args,
    {
      cwd: `${root}${folder}`,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  return run.status !== 0;
});
if (failed.length > 0) console.error(`\nFailed: ${failed.map((suite) => suite.name).join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
