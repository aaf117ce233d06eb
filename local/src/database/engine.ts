import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '@penstock/domain/clock';
import { type EngineProcess, startEngineProcess } from '#database/engine-process';
import { chooseHiddenEndpoint } from '#database/hidden-address';
import { startHousekeeping } from '#database/housekeeping';
import { openStreamRecords, type StreamRecords } from '#database/stream-records';
import { endLeftoverEngines } from '#supervisor/leftovers';

export type DatabaseEngineOptions = {
  /** The SQLite file; it is made when it is not there. */
  readonly dbFile: string;
  /** Left out: a new hidden one. A restart names that of before, so that the gate finds it again. */
  readonly endpoint?: string;
  readonly clock?: Clock;
  /** Pause between two rounds that delete expired rows. */
  readonly expireEveryMs?: number;
};

/** The embedded database has no package for this platform, or it was not installed. */
export class DatabaseMissing extends Error {
  readonly code = 'database-missing';
  /** CONTRACT.md section 1: a tool or platform is missing. */
  readonly exitCode = 6;
  constructor() {
    super(
      `The embedded database (npm package ${packageName}) is not installed for ${process.platform}-${process.arch}. ` +
        'It exists for Linux x64 (WSL too): run `npm install` there without --omit=optional. ' +
        'Elsewhere `npm run engines` fetches DynamoDB Local, which needs Java 17.',
    );
    this.name = 'DatabaseMissing';
  }
}

const packageName = '@dynoxide/linux-x64';
const startMaxMs = 10_000;

/**
 * Starts dynoxide on its SQLite file and waits until it answers; ends what an earlier run left on the same file. Throws
 * DatabaseMissing (exit code 6) or EngineNotStarted. What it acknowledged survives SIGKILL; start it again on the same
 * file and endpoint. Housekeeping (stream records, expired rows) runs here and ends with the engine.
 */
export const startDatabaseEngine = async (options: DatabaseEngineOptions): Promise<EngineProcess> => {
  const binary = findBinary();
  if (binary === undefined) throw new DatabaseMissing();
  const dbFile = resolve(options.dbFile);
  await endLeftoverEngines(binary, dbFile);
  const endpoint = options.endpoint ?? (await chooseHiddenEndpoint());
  const { hostname, port } = new URL(endpoint);
  const engine = await startEngineProcess({
    name: 'dynoxide',
    command: binary,
    args: ['serve', '--host', hostname, '--port', port, '--db-path', dbFile],
    endpoint,
    startMaxMs,
  });
  const records = await openOrStop(engine, dbFile);
  const housekeeping = startHousekeeping({
    endpoint: engine.endpoint,
    records,
    clock: options.clock ?? { now: () => Date.now() },
    ...(options.expireEveryMs !== undefined && { expireEveryMs: options.expireEveryMs }),
  });
  const exited = engine.exited.then(async () => {
    await housekeeping.stop();
    records.close();
  });
  return {
    ...engine,
    exited,
    stop: async () => {
      await housekeeping.stop();
      await engine.stop();
      await exited;
    },
  };
};

/** Without its index the engine must not run: it would collapse after some ten thousand writes. */
const openOrStop = async (engine: EngineProcess, dbFile: string): Promise<StreamRecords> => {
  try {
    return openStreamRecords(dbFile);
  } catch (error) {
    await engine.stop();
    throw error;
  }
};

/** The binary of the platform package; undefined when npm installed none. */
export const findBinary = (
  resolvePackage: (name: string) => string = createRequire(import.meta.url).resolve,
): string | undefined => {
  try {
    const binary = join(dirname(resolvePackage(`${packageName}/package.json`)), 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    // An optional dependency: npm leaves it out on other platforms.
    return undefined;
  }
};
