import { setTimeout as sleep } from 'node:timers/promises';
import { startDatabaseEngine } from '#database/engine';
import type { EngineProcess } from '#database/engine-process';

export type DatabasePart = {
  readonly pid: () => number;
  readonly state: () => 'starting' | 'up' | 'down';
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly stop: () => Promise<void>;
};

/** The database engine, which comes back on the same file and endpoint however it ended. */
export const startDatabasePart = async (options: {
  readonly dbFile: string;
  readonly endpoint: string;
  readonly onChange: () => void;
  readonly complain: (error: unknown) => void;
}): Promise<DatabasePart> => {
  let stopping = false;
  let state: 'starting' | 'up' | 'down' = 'starting';
  let engine: EngineProcess;

  const launch = async (): Promise<void> => {
    state = 'starting';
    engine = await startDatabaseEngine({ dbFile: options.dbFile, endpoint: options.endpoint });
    state = 'up';
    options.onChange();
    void engine.exited.then(() => {
      state = 'down';
      options.onChange();
      if (!stopping) void comeBack();
    });
  };
  const comeBack = async (): Promise<void> => {
    for (let tries = 0; !stopping; tries += 1) {
      try {
        await launch();
        return;
      } catch (error) {
        options.complain(error);
        await sleep(Math.min(2000, 50 * 2 ** tries));
      }
    }
  };

  await launch();
  return {
    pid: () => engine.pid,
    state: () => state,
    kill: (signal) => {
      // The id of an engine that has gone may be another's by now.
      if (state === 'up') process.kill(engine.pid, signal);
    },
    stop: async () => {
      stopping = true;
      if (state === 'up') await engine.stop();
    },
  };
};
