import { describe, expect, it } from 'vitest';
import { CommandEnded } from '#supervisor/exit';
import { PartNotStarted, placesOf, sentenceOfFault } from '#supervisor/start-faults';

const places = placesOf({ data: '/data' });
const errno = (code: string, path?: string) => Object.assign(new Error(`${code}: no`), { code, path });

describe('a start that fails by its disk', () => {
  it.each([
    ['a full disk', errno('ENOSPC', '/data/lock.1'), '/data/lock.1 cannot be used: the disk is full. Free space'],
    ['a full disk, said without a path', errno('ENOSPC'), '/data cannot be used: the disk is full'],
    ['a disk that is read-only', errno('EROFS', '/data/lock.1'), 'mounted read-only. Mount it writable'],
    ['a folder that cannot be made', errno('ENOENT', '/data'), 'mounted read-only'],
    ['a folder without rights', errno('EACCES', '/data'), 'may not write there'],
    ['a file in the place of the folder', errno('EEXIST', '/data'), 'a file stands where a folder has to be'],
    ['a file above the folder', errno('ENOTDIR', '/data'), 'a file stands where a folder has to be'],
    ['a folder in the place of a file', errno('EISDIR', '/data/run.json'), '/data/run.json cannot be used: a folder'],
    ['a folder that cannot be taken away', errno('ERR_FS_EISDIR', '/data/lock'), '/data/lock cannot be used: a folder'],
    [
      'a file in the place of a folder, said by a part',
      new PartNotStarted(
        'objects',
        'exit 1',
        "node:fs:1370\nError: EEXIST: file already exists, mkdir '/data/objects'",
      ),
      '/data/objects cannot be used: a file stands where a folder has to be',
    ],
    ['too few handles', errno('EMFILE'), 'Run `ulimit -n 4096`'],
    [
      'a full disk, said by a part',
      new PartNotStarted('queue', 'exit 1', 'Error: database or disk is full'),
      'the disk is full',
    ],
    [
      'a full disk, said by the engine',
      new Error('Its last words: Internal error: database or disk is full'),
      'the disk is full',
    ],
    [
      'a file that cannot be opened',
      new Error('Internal error: unable to open database file: /x'),
      'may not write there',
    ],
    [
      'a damaged database',
      new Error('dynoxide ended. Its last words: error: Internal error: database disk image is malformed'),
      'The database /data/database/database.sqlite is damaged',
    ],
    [
      'a database with a broken head',
      new Error(
        'error: Database file is encrypted or not a valid SQLite database. If encrypted, enable the `encryption`',
      ),
      'begin anew with --fresh',
    ],
    [
      'a damaged queue',
      new PartNotStarted('queue', 'exit 1', 'Error: file is not a database, code: ERR_SQLITE_ERROR'),
      "The queue's file /data/queue/fauxqs.db is damaged",
    ],
  ])('says in one sentence what to do: %s', (_what, error, sentence) => {
    const ended = sentenceOfFault(error, places);
    expect(ended).toMatchObject({ exitCode: 1, message: expect.stringContaining(sentence) });
    expect(ended?.message).not.toContain('\n');
  });

  it('keeps the sentence and the code of a refusal, and leaves a fault of ours alone', () => {
    const refused = new CommandEnded(4, 'in use');
    expect(sentenceOfFault(refused, places)).toBe(refused);
    expect(sentenceOfFault(new TypeError('x is not a function'), places)).toBeUndefined();
    expect(sentenceOfFault(errno('constructor'), places)).toBeUndefined();
    expect(sentenceOfFault(errno('ENOENT', '/code/api/dist'), places)).toBeUndefined();
  });
});
