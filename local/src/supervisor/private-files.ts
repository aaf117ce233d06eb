import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandEnded } from '#supervisor/exit';

/** Bits of group and others. */
const othersMask = 0o077;

/** What the cloud writes holds names, addresses and keys: from here on this process and its parts make files for their owner alone. */
export const keepFilesPrivate = (): void => {
  process.umask(othersMask);
};

/** Makes a folder for its owner alone. Throws CommandEnded (1) when it is there and belongs to somebody else. */
export const makeOwnFolder = (path: string): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid } = statSync(path);
  const own = process.getuid?.() ?? uid;
  if (uid !== own && own !== 0)
    throw new CommandEnded(
      1,
      `The folder ${path} belongs to another user (id ${uid}), who could read and change what is kept there. Name one of your own with --data.`,
    );
};

/** Takes rights of group and others from what an earlier release left open to them. */
export const tighten = (path: string): void => {
  const { mode } = lstatSync(path);
  if ((mode & othersMask) !== 0) chmodSync(path, mode & 0o700);
};

/** The same for a folder, or a file, and all that it holds; nothing is there to do for what is not there. */
export const tightenAll = (path: string): void => {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink()) return;
  tighten(path);
  if (stats.isDirectory()) for (const name of readdirSync(path)) tightenAll(join(path, name));
};
