import { createWriteStream, renameSync, statSync } from 'node:fs';
import type { Writable } from 'node:stream';

export type LogFile = {
  /** Appends a line. Never throws: what cannot be written is counted and told later. */
  readonly write: (line: string) => void;
  readonly close: () => Promise<void>;
};

export type LogFileOptions = {
  readonly file: string;
  /** Told in a sentence when the file cannot be written, and when it can again. */
  readonly complain: (sentence: string) => void;
  /** A file that has grown to this is set aside as `<file>.1`, in the place of an older one. */
  readonly bytesMax?: number;
  readonly reopenEveryMs?: number;
  readonly open?: (file: string) => Writable;
};

/** A disk that hangs must not fill the memory instead. */
const waitingBytesMax = 16 * 1024 * 1024;

/**
 * A log file that outlives its disk: a full or broken one costs lines and never the process. It tries again by itself,
 * says once that it began and once how much was lost.
 */
export const openLogFile = (options: LogFileOptions): LogFile => {
  const { file, complain, bytesMax = 50 * 1024 * 1024, reopenEveryMs = 5000 } = options;
  const open = options.open ?? ((path: string) => createWriteStream(path, { flags: 'a', mode: 0o600 }));
  let stream: Writable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let bytes = sizeOf(file);
  let lost = 0;
  let isBroken = false;

  const begin = (): void => {
    const own = open(file);
    stream = own;
    own.on('error', (error: Error) => {
      if (stream !== own) return;
      if (!isBroken)
        complain(`The log ${file} cannot be written: ${error.message}. Its lines are dropped until it can be.`);
      isBroken = true;
      stream = undefined;
      timer = setTimeout(tryAgain, reopenEveryMs);
      timer.unref();
    });
  };
  /** Half a line may stand at the end: the first thing written ends it. */
  const tryAgain = (): void => {
    timer = undefined;
    begin();
    const told = lost;
    stream?.write(`\n${lostLine(told)}\n`, (error) => {
      if (error) return;
      lost -= told;
      isBroken = false;
      complain(`The log ${file} is written again; ${told} lines were lost.`);
    });
  };
  const setAside = (): void => {
    bytes = 0;
    try {
      renameSync(file, `${file}.1`);
    } catch (error) {
      // It goes on in the file as it is, and is tried again after as many bytes more.
      complain(`The log ${file} could not be set aside: ${error instanceof Error ? error.message : String(error)}.`);
      return;
    }
    const old = stream;
    begin();
    old?.end();
  };

  begin();
  return {
    write: (line) => {
      if (stream === undefined || stream.writableLength > waitingBytesMax) {
        lost += 1;
        return;
      }
      if (bytes > bytesMax) setAside();
      bytes += line.length + 1;
      stream.write(`${line}\n`, (error) => {
        if (error) lost += 1;
      });
    },
    close: () => {
      clearTimeout(timer);
      const last = stream;
      return new Promise((resolve) => {
        if (last === undefined) return resolve();
        last.once('close', () => resolve());
        last.end();
      });
    },
  };
};

const lostLine = (count: number): string =>
  JSON.stringify({
    time: new Date().toISOString(),
    level: 'error',
    function: 'supervisor',
    event: 'log-lines-lost',
    count,
  });

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    // There is none yet.
    return 0;
  }
};
