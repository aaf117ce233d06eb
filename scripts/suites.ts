/**
 * Which suites a test command runs; all of them even when one fails. Usage: node scripts/suites.ts test|browser|deep.
 * test: unit and contract suites of every workspace, the contract from outside, the faults and the main journeys.
 * browser: every page at its widths. deep: the mutants of the rules, the model played fifty thousand times, kills of every
 * part and the second engines.
 *
 * A command is a row of lanes that run side by side, each lane one suite after the other. The faults and the local parts
 * have a lane of their own, because they mostly wait: a message that a dead worker held stays hidden for 90 s.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `command` of node_modules/.bin; vitest unless it says otherwise. */
type Suite = {
  readonly name: string;
  readonly folder: string;
  readonly args: readonly string[];
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
};
type Lane = readonly Suite[];

const root = fileURLToPath(new URL('../', import.meta.url));
const mutants: Suite = { name: 'mutants', folder: 'scripts', command: 'node', args: ['mutants.ts'] };
const model: Suite = {
  name: 'model',
  folder: 'workers',
  args: ['src/flows/shop.property.test.ts'],
  env: { MODEL_RUNS: process.env.MODEL_RUNS ?? '50000' },
};
/** A busy machine is slow, not wrong: what hangs is still ended. */
const unit = (folder: string): Suite => ({ name: folder, folder, args: ['--testTimeout=30000'] });
const e2e = (project: string): Suite => ({ name: `e2e ${project}`, folder: 'e2e', args: ['--project', project] });

const suites: Readonly<Record<string, readonly Lane[]>> = {
  test: [
    [
      ...[
        'domain',
        'platform',
        'api',
        'workers',
        'brand',
        'storefront',
        'admin',
        'loadtest',
        'scripts',
        'terraform',
      ].map(unit),
      ...['contract', 'journeys'].map(e2e),
    ],
    [e2e('faults'), unit('local')],
  ],
  browser: [[e2e('pages')]],
  deep: [[mutants, model, unit('local')], [e2e('deep')]],
};

/** A suite that takes longer hangs, and is ended. The longest, e2e deep, takes twelve minutes, and mostly waits. */
const longestMs = 25 * 60_000;

/** Runs one suite, prints what it said in one piece when it ends, and resolves with whether it passed. */
const passes = ({ name, folder, args, command, env = {} }: Suite): Promise<boolean> =>
  new Promise((resolve) => {
    console.error(`-- ${name} runs`);
    const child = spawn(
      `${root}node_modules/.bin/${command ?? 'vitest'}`,
      command === undefined ? ['run', ...args] : args,
      {
        cwd: `${root}${folder}`,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: longestMs,
        killSignal: 'SIGKILL',
      },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    child.once('error', (error) => {
      said += `${error.message}\n`;
    });
    child.once('close', (code, signal) => {
      if (signal !== null) said += `Ended by ${signal}: a suite may take ${longestMs / 60_000} minutes.\n`;
      console.log(`\n-- ${name}\n${said}`);
      resolve(code === 0);
    });
  });

const failuresOf = async (lane: Lane): Promise<readonly string[]> => {
  const failed: string[] = [];
  for (const suite of lane) if (!(await passes(suite))) failed.push(suite.name);
  return failed;
};

const chosen = suites[process.argv[2] ?? ''];
if (chosen === undefined) {
  console.error(`suites: name one of ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const failed = (await Promise.all(chosen.map(failuresOf))).flat();
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
