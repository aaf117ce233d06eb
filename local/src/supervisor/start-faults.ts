import { join, resolve } from 'node:path';
import { own } from '@penstock/domain/own';
import { CommandEnded } from '#supervisor/exit';

/** What keeps a folder from being used, in the words of a person; the remedy is the same for each of a kind. */
const isFolder = 'a folder stands where a file has to be. Move it away, or name another folder with --data';
const diskWords: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free space, then start again; nothing was lost',
  EDQUOT: 'your quota of this disk is used up. Free space, then start again; nothing was lost',
  EROFS: 'it lies on a disk that is mounted read-only. Mount it writable, or name another folder with --data',
  // What Node says of a new folder on a read-only disk.
  ENOENT: 'it cannot be made there. Look whether that disk is mounted read-only, or name another folder with --data',
  EACCES: 'this user may not write there. Change its rights, or name another folder with --data',
  EPERM: 'this user may not do that there. Change its owner, or name another folder with --data',
  ENOTDIR: 'a file stands where a folder has to be. Name a folder with --data',
  EEXIST: 'a file stands where a folder has to be. Name a folder with --data',
  EISDIR: isFolder,
  ERR_FS_EISDIR: isFolder,
  ENAMETOOLONG: 'the name is too long. Name another folder with --data',
  EIO: 'the disk reports an error. Look at the disk; a copy of the folder can be named with --data',
  EMFILE: 'this process may open no more files. Run `ulimit -n 4096`, then start again',
  ENFILE: 'this machine may open no more files. End what holds them, then start again',
};

/** How Node says what a file system refused, and where, in the last words of a part. */
const refusedByDisk = /\b(E[A-Z]{2,}): [^\n]*?'([^'\n]+)'/;

/** A part ended before it could listen; `words` are the last that it said. */
export class PartNotStarted extends Error {
  readonly code = 'part-not-started';
  readonly part: string;
  readonly words: string;
  constructor(part: string, how: string, words: string) {
    super(`${part} ended (${how}).${words}`);
    this.name = 'PartNotStarted';
    this.part = part;
    this.words = words;
  }
}

type Places = { readonly data: string; readonly database: string; readonly queue: string };

export const placesOf = ({ data }: { readonly data: string }): Places => ({
  data: resolve(data),
  database: join(resolve(data), 'database', 'database.sqlite'),
  queue: join(resolve(data), 'queue', 'fauxqs.db'),
});

/** The one sentence of a start that failed by its disk or by what lies on it; undefined for what is a fault of ours. */
export const sentenceOfFault = (error: unknown, { data, database, queue }: Places): CommandEnded | undefined => {
  if (error instanceof CommandEnded) return error;
  if (!(error instanceof Error)) return undefined;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const isBelow = path === data || path?.startsWith(`${data}/`) === true;
  const word = code !== 'ENOENT' || isBelow ? own(diskWords, code) : undefined;
  if (word !== undefined) return new CommandEnded(1, `${path ?? data} cannot be used: ${word}.`);
  const said = error instanceof PartNotStarted ? error.words : error.message;
  const [, partCode = '', partPath = ''] = refusedByDisk.exec(said) ?? [];
  const partWord = partPath.startsWith(`${data}/`) ? own(diskWords, partCode) : undefined;
  if (partWord !== undefined) return new CommandEnded(1, `${partPath} cannot be used: ${partWord}.`);
  const isQueue = error instanceof PartNotStarted && error.part === 'queue';
  if (/disk is full|ENOSPC|no space left/i.test(said))
    return new CommandEnded(1, `The data folder ${data} cannot be written: ${diskWords.ENOSPC}.`);
  if (/readonly database|EROFS|EACCES|unable to open database/i.test(said))
    return new CommandEnded(1, `The data folder ${data} cannot be written: ${diskWords.EACCES}.`);
  if (/EMFILE/.test(said)) return new CommandEnded(1, `The cloud cannot start: ${diskWords.EMFILE}.`);
  if (/malformed|not a database|not a valid SQLite|corrupt/i.test(said))
    return new CommandEnded(1, isQueue ? damagedQueue(queue) : damagedDatabase(database));
  return undefined;
};

const damagedDatabase = (file: string): string =>
  `The database ${file} is damaged: it is no SQLite file that can be read. It was left as it is. Put a copy in its place ` +
  '(and remove the files -wal and -shm beside it), or begin anew with --fresh, which deletes all orders.';

const damagedQueue = (file: string): string =>
  `The queue's file ${file} is damaged: it is no SQLite file that can be read. It was left as it is. Put a copy in its place, ` +
  'or move it away: orders that were accepted and not yet placed are in it, all others are in the database.';

/** The database of a folder that has been used holds nothing at all: something emptied or removed it. */
export const emptiedDatabase = (file: string): CommandEnded =>
  new CommandEnded(
    1,
    `The database ${file} is empty or gone, though this data folder has been used: its products and orders are not there. ` +
      'Put a copy in its place, or begin anew with --fresh, which deletes the rest of the folder too.',
  );
