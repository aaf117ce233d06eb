import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The k6 that the journeys are written for. */
export const k6Version = 'v2.2.0';
/** Exit code of the contract: a tool is missing. */
const missingTool = 6;

export const repository = fileURLToPath(new URL('../../../', import.meta.url));
const built = join(repository, '.penstock/engines', `k6-${k6Version}`);

/** No k6 is here and none can be built: the sentence tells the way to one. */
export class K6Missing extends Error {
  readonly code = 'k6-missing';
  readonly exitCode = missingTool;
  constructor(why: string) {
    super(
      `${why} Install k6 (https://grafana.com/docs/k6/latest/set-up/install-k6/), name one with PENSTOCK_K6, ` +
        'or install Go 1.25 or later and run `npm run loadtest:install`.',
    );
    this.name = 'K6Missing';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The k6 of PENSTOCK_K6, else of PATH, else the one built before; undefined when there is none. */
export const findK6 = (environment: Environment, builtAt = built): string | undefined => {
  const named = environment.PENSTOCK_K6;
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) throw new K6Missing(`PENSTOCK_K6 names ${named}, which cannot be run.`);
    return named;
  }
  return [...onPath(environment, 'k6'), builtAt].find(isExecutable);
};

/**
 * Builds k6 once with Go. A throw-away module is built, because `go install package@version` also looks the newest
 * release up outside the module proxy. Throws K6Missing.
 */
export const buildK6 = (environment: Environment, say: (text: string) => void, target = built): string => {
  const go = onPath(environment, 'go').find(isExecutable);
  if (go === undefined) throw new K6Missing('There is no k6 here, and no Go to build it with.');
  say(`Building k6 ${k6Version} with Go: a minute or two, once.`);
  const folder = mkdtempSync(join(tmpdir(), 'penstock-k6-'));
  try {
    writeFileSync(join(folder, 'go.mod'), `module k6build\n\ngo 1.25\n\nrequire go.k6.io/k6/v2 ${k6Version}\n`);
    writeFileSync(join(folder, 'tools.go'), '//go:build tools\n\npackage k6build\n\nimport _ "go.k6.io/k6/v2"\n');
    const made = spawnSync(go, ['build', '-trimpath', '-o', 'k6', 'go.k6.io/k6/v2'], {
      cwd: folder,
      env: { ...process.env, ...environment, GOFLAGS: '-mod=mod' },
      encoding: 'utf8',
      timeout: 15 * 60_000,
    });
    if (made.status !== 0) throw new K6Missing(`Go could not build k6: ${lastLine(made.stderr)}`);
    mkdirSync(join(target, '..'), { recursive: true });
    moveFile(join(folder, 'k6'), target);
    return target;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const onPath = (environment: Environment, name: string): readonly string[] =>
  (environment.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name));

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Across file systems a rename fails, so the file goes through a copy beside its place: it is there whole or not at all. */
const moveFile = (from: string, to: string): void => {
  const beside = `${to}.${process.pid}`;
  const copied = spawnSync('cp', ['-p', from, beside]);
  if (copied.status !== 0) throw new Error(`k6 was built but could not be copied to ${to}.`);
  renameSync(beside, to);
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
