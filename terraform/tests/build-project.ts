/** Buildspecs as CodeBuild reads them: which commands they may have, and a build of one in a folder of this machine. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const pipeline = 'terraform/pipeline';

type Phase = { readonly 'runtime-versions'?: Readonly<Record<string, unknown>>; readonly commands: readonly string[] };
export type Buildspec = {
  readonly version: number;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly phases: Readonly<Record<string, Phase>>;
  readonly artifacts?: { readonly 'base-directory': string; readonly files: readonly string[] };
};

export const stages = ['build', 'plan', 'deploy', 'smoke'] as const;
export type Stage = (typeof stages)[number];

export const readBuildspec = (stage: Stage): Buildspec =>
  parse(readFileSync(join(repository, pipeline, `buildspec.${stage}.yml`), 'utf8')) as Buildspec;

/** In the order in which CodeBuild runs them: what is in another phase would run after a failure too, or not where it is read. */
export const commandsOf = ({ phases }: Buildspec): readonly string[] =>
  ['install', 'build'].flatMap((name) => phases[name]?.commands ?? []);

export type World = { readonly exists: (path: string) => boolean; readonly scripts: ReadonlySet<string> };

/** Variables that the pipeline gives a build, and those of CodeBuild that we read. */
export const given: ReadonlySet<string> = new Set([
  'PENSTOCK_ENVIRONMENT',
  'PENSTOCK_STATE_BUCKET',
  'PENSTOCK_DEPLOY_ROLE',
  'PENSTOCK_ALLOW_DESTROY',
  'AWS_REGION',
  'TERRAFORM_VERSION',
  'TERRAFORM_SHA256',
  'CODEBUILD_SRC_DIR_release',
  'CODEBUILD_SRC_DIR_plan',
  'PATH',
  'PWD',
]);

/** What is wrong with a buildspec, a sentence each. */
export const faultsOf = (spec: Buildspec, world: World): readonly string[] => [
  ...(spec.version === 0.2 ? [] : ['version is not 0.2: each command would have a shell of its own']),
  ...(JSON.stringify(spec.env) === '{"shell":"bash"}' ? [] : ['env holds more or less than shell: bash']),
  ...Object.keys(spec.phases)
    .filter((name) => name !== 'install' && name !== 'build')
    .map((name) => `phase ${name} is neither install nor build`),
  ...commandsOf(spec).flatMap((command) => [
    ...(isKnown(command, world) ? [] : [`"${command}" is no command of this project`]),
    ...strangersIn(command).map((name) => `"${command}" reads ${name}, which nobody gives it`),
  ]),
];

/** Variables that a text reads and that are not given. */
export const strangersIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{?([A-Z]\w*)/g)].map(([, name = '']) => name).filter((name) => !given.has(name));

const isKnown = (command: string, world: World): boolean => {
  const { scripts, exists } = world;
  if (command === 'npm ci --no-audit --no-fund') return true;
  // Chains and alternatives hide failures; they belong into a script that says what they mean.
  if (/[;|&`]|\$\(/.test(command)) return false;
  const [, script] = /^npm run (?:--silent )?([a-z:-]+)(?: -- .*)?$/.exec(command) ?? [];
  if (script !== undefined) return scripts.has(script);
  const [, target] = /^cat (\.penstock\/[a-z./-]+)$/.exec(command) ?? [];
  if (target !== undefined) return true;
  const [, file, rest] = /^(?:PATH="[^"]+" )?bash ([A-Za-z0-9./-]+)(?: (.+))?$/.exec(command) ?? [];
  if (file === undefined || !exists(file)) return false;
  return rest === undefined || (file === `${pipeline}/as-deployer` && isKnown(rest, world));
};

export type Built = {
  readonly status: number;
  /** All that the build's log shows. */
  readonly text: string;
  /** Commands that began. */
  readonly ran: readonly string[];
  /** Files of the artefact, as the next action finds them; empty when the build failed. */
  readonly artefact: readonly string[];
};

/** Runs the commands one after the other in `checkout` and stops at the first that fails, as CodeBuild does in a phase. */
export const build = (spec: Buildspec, checkout: string, env: Readonly<Record<string, string>>): Built => {
  const ran: string[] = [];
  let text = '';
  for (const command of commandsOf(spec)) {
    ran.push(command);
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: checkout, encoding: 'utf8', env });
    text += `${command}\n${stdout}${stderr}`;
    if (status !== 0) return { status: status ?? 1, text, ran, artefact: [] };
  }
  return { status: 0, text, ran, artefact: artefactOf(spec, checkout) };
};

const artefactOf = ({ artifacts }: Buildspec, checkout: string): readonly string[] => {
  if (artifacts === undefined) return [];
  if (artifacts.files.join() !== '**/*')
    throw new Error('An artefact is a whole folder, or files would be left behind.');
  return readdirSync(join(checkout, artifacts['base-directory']), {
    recursive: true,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(checkout, artifacts['base-directory']).length + 1))
    .sort();
};
