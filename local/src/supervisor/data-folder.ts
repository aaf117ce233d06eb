import { createHash } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandEnded } from '#supervisor/exit';
import { keepFilesPrivate, makeOwnFolder, tighten, tightenAll } from '#supervisor/private-files';
import { emptiedDatabase } from '#supervisor/start-faults';

/** Where a cloud keeps its things. `hot` is on the RAM disk with --ram. */
export type DataFolder = {
  readonly path: string;
  readonly hot: string;
  readonly runFile: string;
  readonly logFile: string;
  readonly databaseFile: string;
  readonly inMemory: boolean;
  readonly release: () => void;
};

type FolderOptions = { readonly data: string; readonly fresh: boolean; readonly ram: boolean };

type Owner = { readonly pid: number; readonly startedAt: string };

const contents = ['database', 'queue', 'objects', 'checkpoints', 'logs', 'secrets.json', 'seeded', 'functions'];

/** What else stands in a data folder of ours. */
const beside = ['lock', 'run.json', 'loadtest', 'release', 'dev'];

/** Opens a data folder for one cloud. Throws CommandEnded (4) when a living one has it; what a dead one left is taken over. */
export const openDataFolder = (options: FolderOptions): DataFolder => {
  const path = resolve(options.data);
  keepFilesPrivate();
  makeOwnFolder(path);
  const lockFile = join(path, 'lock');
  takeLock(lockFile, path);
  try {
    return prepare(path, lockFile, options);
  } catch (error) {
    rmSync(lockFile, { force: true });
    throw error;
  }
};

const prepare = (path: string, lockFile: string, options: FolderOptions): DataFolder => {
  rmSync(join(path, 'run.json'), { force: true });
  const ramFolder = join('/dev/shm', `penstock-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`);
  if (options.fresh) for (const name of contents) rmSync(join(path, name), { recursive: true, force: true });
  if (options.ram) rmSync(ramFolder, { recursive: true, force: true });
  const hot = options.ram ? ramFolder : path;
  for (const folder of [hot, join(hot, 'database'), join(hot, 'checkpoints'), join(path, 'logs')])
    makeOwnFolder(folder);
  for (const name of contents) tightenAll(join(path, name));
  if (isOurs(path)) tighten(path);
  const databaseFile = join(hot, 'database', 'database.sqlite');
  if (isEmpty(databaseFile) && hasBeenUsed(hot)) throw emptiedDatabase(databaseFile);
  return {
    path,
    hot,
    runFile: join(path, 'run.json'),
    logFile: join(path, 'logs', 'penstock.jsonl'),
    databaseFile,
    inMemory: options.ram,
    release: () => {
      rmSync(join(path, 'run.json'), { force: true });
      rmSync(lockFile, { force: true });
      if (options.ram) rmSync(ramFolder, { recursive: true, force: true });
    },
  };
};

/** A folder that holds nothing but ours; one that people keep other things in keeps its rights. */
const isOurs = (path: string): boolean =>
  readdirSync(path).every((name) => contents.includes(name) || beside.includes(name));

const isEmpty = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;

/** A reader of a stream has got somewhere, or an earlier release noted its seed: there was a database then. */
const hasBeenUsed = (hot: string): boolean =>
  existsSync(join(hot, 'seeded')) || readdirSync(join(hot, 'checkpoints')).length > 0;

/** Makes the lock whole and only if there is none, so that of two starts at the same moment one is refused. */
const takeLock = (lockFile: string, path: string): void => {
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }));
  try {
    while (!isLinked(own, lockFile)) {
      const owner = readOwner(lockFile);
      if (owner !== undefined && isAlive(owner))
        throw new CommandEnded(
          4,
          `The data folder ${path} is in use by the cloud with process id ${owner.pid}. Stop it with \`npm stop\`, or name another folder with --data.`,
        );
      rmSync(lockFile, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
};

const isLinked = (from: string, to: string): boolean => {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** Writes a file so that a reader sees the old one or the new one. */
export const writeWhole = (file: string, text: string): void => {
  writeFileSync(`${file}.next`, text);
  renameSync(`${file}.next`, file);
};

/** Whether the process that wrote this still lives: the same id, begun at the same moment. Ids come round again. */
export const isAlive = ({ pid, startedAt }: Owner): boolean => startOf(pid) === startedAt && startedAt !== '';

/** When a process began, in the kernel's ticks; empty when there is none, or only its remains. */
export const startOf = (pid: number): string => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
};

/** The process id of the cloud that has a data folder; undefined when none lives. */
export const livingOwner = (path: string): number | undefined => {
  const owner = readOwner(join(path, 'lock'));
  return owner !== undefined && isAlive(owner) ? owner.pid : undefined;
};

const readOwner = (lockFile: string): Owner | undefined => {
  if (!existsSync(lockFile)) return undefined;
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(lockFile, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    // Half a lock is no lock: it was written by a process that is gone.
    return undefined;
  }
};
