/**
 * The door of the repository: `npm start`, `npm test` and the others come through here, with whatever Node the machine
 * has (20 or later). Plain JavaScript without dependencies, because on a fresh clone there are none yet. It installs and
 * builds what is missing, says so, and hands over to the project's own Node 22.
 *
 * What people read goes to stderr; stdout belongs to the command (`-- --json` prints JSON lines only).
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTurn } from './in-turn.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const node = join(root, 'node_modules/.bin/node');
const stampFolder = join(root, 'node_modules/.penstock');

/** Exit code of the contract: a tool or the platform is missing. */
const missing = 6;

const say = (text) => process.stderr.write(`${text}\n`);
const leave = (code, text) => {
  say(text);
  process.exit(code);
};

/** What each command means, needs, and runs with Node 22. */
const commands = JSON.parse(readFileSync(join(root, 'scripts/commands.json'), 'utf8'));

const npmNames = { start: 'npm start', stop: 'npm stop', test: 'npm test' };
const npmName = (name) => npmNames[name] ?? `npm run ${name}`;

const overview = () =>
  [
    'Commands, each with more behind -- --help:',
    ...Object.entries(commands).map(([name, { does }]) => `  ${npmName(name).padEnd(26)}${does}`),
  ].join('\n');

const helpOf = (name) => {
  const { does, usage, flags, example } = commands[name];
  const width = Math.max(...flags.map(([flag]) => flag.length), 0) + 2;
  return [
    does,
    '',
    `Usage: ${npmName(name)}${usage === '' ? '' : ` -- ${usage}`}`,
    ...flags.map(([flag, meaning, without]) => `  ${flag.padEnd(width)}${meaning} (without: ${without})`),
    '',
    `Example: ${example}`,
  ].join('\n');
};

const guardMachine = () => {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20)
    leave(
      missing,
      `Penstock needs Node 20 or later to begin with; this is ${process.versions.node}. Install a newer one from nodejs.org.`,
    );
  if (process.platform !== 'linux' || process.arch !== 'x64')
    leave(
      missing,
      `The one-machine cloud runs on Linux x64 (WSL too), because its embedded database has a package for that; this is ${process.platform} ${process.arch}. ` +
        'Use a Linux x64 machine or container.',
    );
};

/** Installs when there is no node_modules, or when the lock file has changed since. */
const ensureInstalled = () => {
  const lock = digestOf([join(root, 'package-lock.json')]);
  const stamp = join(stampFolder, 'install');
  if (existsSync(node) && readStamp(stamp) === lock) return;
  if (!existsSync(node) || installedBefore(join(root, 'package-lock.json'))) {
    say('Installing the packages (npm ci), about a minute the first time; 700 MB.');
    // npm's own counting would be silent where it is no terminal: a dot every few seconds says that it lives.
    const dots = spawn('/bin/sh', ['-c', `while sleep 3 && kill -0 ${process.pid}; do printf . >&2; done`], {
      stdio: ['ignore', 'ignore', 2],
    });
    const code =
      spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
        .status ?? 1;
    dots.kill();
    say('');
    if (code !== 0) leave(1, `npm ci failed (exit ${code}). Its own words stand above.`);
  }
  writeStamp(stamp, lock);
};

/** An install by hand leaves npm's own mark, newer than the lock file: nothing to do then. */
const installedBefore = (lockFile) => {
  const mark = join(root, 'node_modules/.package-lock.json');
  return !existsSync(mark) || statSync(mark).mtimeMs < statSync(lockFile).mtimeMs;
};

/** The npm package `node` brings Node 22 by an install script: without it, everything would run on the machine's Node. */
const guardNode = () => {
  const wanted = readFileSync(join(root, '.nvmrc'), 'utf8').trim();
  const found = existsSync(node) ? spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() : undefined;
  if (found === `v${wanted}`) return;
  leave(
    missing,
    `The project's own Node ${wanted} is not in node_modules (found: ${found ?? 'none'}). Install scripts seem to be switched off: ` +
      'run `npm config set ignore-scripts false` and `npm rebuild node`, or `npm ci --ignore-scripts=false`.',
  );
};

const sourceFolders = ['domain', 'platform', 'api', 'workers', 'brand', 'storefront', 'admin'];
const outputs = ['api/dist', 'workers/dist', 'storefront/dist', 'admin/dist'];
/** Beside what it speaks of: a node_modules that came from another checkout says nothing of this one's outputs. */
const buildStamp = join(root, 'api/dist/.built');

/** Builds when an output is missing or a source has changed since the last build. */
const ensureBuilt = () => {
  const files = [
    join(root, 'topology.json'),
    join(root, 'package-lock.json'),
    join(root, 'scripts/bundle-functions.ts'),
    ...sourceFolders.flatMap((folder) => sourcesOf(join(root, folder))),
  ];
  const digest = digestOf(files);
  if (outputs.every((folder) => existsSync(join(root, folder))) && readStamp(buildStamp) === digest) return;
  say('Building the functions and both sites.');
  const turbo = spawnSync(
    join(root, 'node_modules/.bin/turbo'),
    ['run', 'build', '--output-logs=errors-only', '--no-update-notifier'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: withOwnNode(),
    },
  );
  if (turbo.status !== 0) leave(1, `The build failed (exit ${turbo.status}). Its own words stand above.`);
  writeStamp(buildStamp, digest);
};

const sourcesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !/\/(node_modules|dist|\.turbo)\/|\.test\.tsx?$/.test(path))
    .sort();

const digestOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
};

const readStamp = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
const writeStamp = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

const withOwnNode = () => ({
  ...process.env,
  PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
  TURBO_TELEMETRY_DISABLED: '1',
  NODE_COMPILE_CACHE: join(stampFolder, 'compile-cache'),
});

/** The process that started this one; with npm also npm itself, above the shell that it puts between. */
const startedBy = () => {
  try {
    const [, name, rest] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')) ?? [];
    // biome-ignore lint/suspicious/noUndeclaredEnvVars: no task of turbo runs this file; npm sets the variable.
    const isShellOfNpm = process.env.npm_lifecycle_event !== undefined && /^(sh|dash|bash)$/.test(name ?? '');
    return isShellOfNpm ? `${process.ppid} ${rest}` : `${process.ppid}`;
  } catch {
    // No /proc, or the parent went at this very moment: the next look sees another one.
    return `${process.ppid}`;
  }
};

/** Runs the command with Node 22 and becomes its shadow: signals go down, the exit code comes up. */
const handOver = (args) => {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: withOwnNode(),
  });
  // In a terminal the child gets Ctrl-C itself; from a script only we do.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm that was killed passes nothing on: an orphan ends what it started.
  const above = startedBy();
  setInterval(() => startedBy() !== above && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
};

const [name = '', ...rest] = process.argv.slice(2);
const isKnown = Object.hasOwn(commands, name);
if (name === '' || name === 'help' || name === '--help' || name === '-h') {
  process.stdout.write(`${isKnown ? helpOf(name) : overview()}\n`);
  process.exit(0);
}
if (!isKnown) leave(2, `run: unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`);
if (rest.includes('--help') || rest.includes('-h')) {
  process.stdout.write(`${helpOf(name)}\n`);
  process.exit(0);
}
const command = commands[name];
guardMachine();
const prepare = () => {
  if (command.needs.includes('install')) ensureInstalled();
  guardNode();
  if (command.needs.includes('build')) ensureBuilt();
};
// Not in node_modules, which npm ci deletes: a second one at the same time would take the first one's files away.
const lockFile = join(tmpdir(), `penstock-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
inTurn(lockFile, prepare, () => say('Another command installs or builds here: waiting for it.'));
handOver([...command.run, ...rest]);
