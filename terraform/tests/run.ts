/**
 * Checks the Terraform without an AWS account: format, `validate` of every root, `terraform test`, and then the planted
 * breakages of breakages/, each of which must turn its assertion red. Usage: node terraform/tests/run.ts [--quick | --only WORD],
 * where --quick leaves the breakages out, and --only plants those alone whose sign has the word. Terraform is an optional tool: without it this says so and ends well.
 *
 * PENSTOCK_TF_PLUGIN_DIR names a folder of providers for a machine without a network.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasTerraform, lacksProvider, pluginArguments, pluginDir, terraform } from '../../scripts/terraform-tool.ts';
import { breakages } from './breakages/all.ts';
import type { Breakage } from './breakages/kind.ts';

const home = fileURLToPath(new URL('../', import.meta.url));
const roots = ['live/dev', 'live/staging', 'live/prod', 'live/local', 'live/pipeline', 'bootstrap'];
const testFiles = readdirSync(join(home, 'tests')).filter((file) => file.endsWith('.tftest.hcl'));

/** Where PENSTOCK_REQUIRE_TOOLS is set, as in the public pipeline, a tool that is missing is a failure. */
const skip = (why: string): never => {
  console.log(`skipped: ${why}`);
  process.exit((process.env.PENSTOCK_REQUIRE_TOOLS ?? '') === '' ? 0 : 1);
};

/** Zips that only have to be there: one for each bundle that the topology names. */
const writeFixtures = (folder: string): void => {
  const topology = JSON.parse(readFileSync(resolve(home, '../topology.json'), 'utf8')) as {
    functions: Record<string, { entry: string }>;
  };
  mkdirSync(join(folder, 'tests/release'), { recursive: true });
  for (const { entry } of Object.values(topology.functions))
    writeFileSync(join(folder, 'tests/release', `${basename(entry, '.ts')}.zip`), 'a zip of the tests');
};

const initialise = (folder: string, plugins: string | undefined) =>
  terraform(folder, 'init', '-backend=false', '-input=false', ...pluginArguments(plugins));

let passed = 0;
const faults: string[] = [];
const check = (what: string, { ok, text }: { ok: boolean; text: string }): void => {
  if (ok) passed += 1;
  else faults.push(what);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`);
  if (!ok) console.log(text);
};

/** What an assertion or an expected failure is known by. */
const signsIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/error_message = "(.*)"/g)].map((match) => match[1] ?? ''),
  ...[...text.matchAll(/run "(\w+)" \{(?:(?!\nrun )[\s\S])*?expect_failures/g)].map((match) => match[1] ?? ''),
];

const isRed = (sign: string, text: string): boolean =>
  /^\w+$/.test(sign) ? text.includes(`run "${sign}"... fail`) : text.includes(sign);

/** Plants as many breakages as fit beside each other, and answers those whose sign was seen. */
const plant = (wave: readonly Breakage[], plugins: string | undefined): readonly Breakage[] => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-breakages-'));
  try {
    const copy = join(folder, 'terraform');
    cpSync(home, copy, { recursive: true, filter: (path) => !/\/(\.terraform|node_modules)(\/|$)/.test(path) });
    cpSync(resolve(home, '../topology.json'), join(folder, 'topology.json'));
    writeFixtures(copy);
    const planted = wave.filter(({ file, find, replace }) => {
      const path = join(copy, file);
      const text = readFileSync(path, 'utf8');
      if (!text.includes(find)) return false;
      writeFileSync(
        path,
        text.replace(find, () => replace),
      );
      return true;
    });
    initialise(copy, plugins);
    const { text } = terraform(copy, 'test', '-no-color');
    const flat = text.replace(/\n│?\s*/g, ' ');
    return planted.filter(({ sign }) => isRed(sign, flat));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const checkBreakages = (plugins: string | undefined): void => {
  const all = testFiles.flatMap((file) => signsIn(readFileSync(join(home, 'tests', file), 'utf8')));
  for (const sign of all)
    if (!breakages.some((each) => sign.startsWith(each.sign)))
      check(`breakage of "${sign}"`, { ok: false, text: 'No breakage in tests/breakages turns it red.' });
  const word = process.argv[process.argv.indexOf('--only') + 1];
  let pending = process.argv.includes('--only') ? breakages.filter(({ sign }) => sign.includes(word ?? '')) : breakages;
  while (pending.length > 0) {
    // One breakage may hide another (a run that errs skips those after it): what was not seen is tried again without the rest.
    const seen = plant(pending, plugins);
    const alone = seen.length > 0 ? seen : plant(pending.slice(0, 1), plugins);
    for (const { sign } of alone) check(`turns red: ${sign}`, { ok: true, text: '' });
    const [first] = pending;
    if (alone.length === 0 && first !== undefined)
      check(`turns red: ${first.sign}`, {
        ok: false,
        text: `The edit of ${first.file} left it green, or no longer fits.`,
      });
    pending = pending.filter((each) => !alone.includes(each) && (alone.length > 0 || each !== first));
  }
};

if (!hasTerraform())
  skip('Terraform is not on the PATH; it is an optional tool (README). Install 1.11 or later to check the deployment.');
const plugins = pluginDir();
writeFixtures(home);
const first = initialise(home, plugins);
if (!first.ok && lacksProvider(first.text))
  skip('the AWS provider is not here and could not be fetched; PENSTOCK_TF_PLUGIN_DIR may name a folder that has it.');
if (!first.ok) {
  console.error(first.text);
  process.exit(1);
}

check('terraform fmt', terraform(home, 'fmt', '-check', '-recursive'));
for (const root of roots) {
  const folder = join(home, root);
  const ready = initialise(folder, plugins);
  check(`validate ${root}`, ready.ok ? terraform(folder, 'validate', '-no-color') : ready);
}
check('terraform test', terraform(home, 'test', '-no-color'));
if (!process.argv.includes('--quick') && faults.length === 0) checkBreakages(plugins);
console.log(
  `Tests  ${faults.length > 0 ? `${faults.length} failed | ` : ''}${passed} passed (${passed + faults.length})`,
);
process.exit(faults.length === 0 ? 0 : 1);
