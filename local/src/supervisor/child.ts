import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardAgainstOrphan } from '#supervisor/orphan-guard';
import { PartNotStarted } from '#supervisor/start-faults';

export type ChildSpec = {
  readonly name: string;
  readonly main: string;
  readonly config: () => object;
  readonly log: (line: string) => void;
  readonly environment?: NodeJS.ProcessEnv;
  /** Told whenever the process has come up or gone. */
  readonly onChange: () => void;
};

/** One process of the cloud that comes back by itself, on the same port, however it ended. */
export type Child = {
  readonly name: string;
  readonly pid: () => number;
  readonly state: () => 'starting' | 'up' | 'down';
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly stop: () => Promise<void>;
};

const listenMaxMs = 30_000;
const stopMaxMs = 6000;
const backoffMaxMs = 2000;
/** A part that is orphaned ends in order, within 5 s; one that was stopped does not even hear of it. */
const orphanEndMaxSeconds = 6;

/** Starts a process and waits until it listens; rejects with its last words when it does not. */
export const startChild = async (spec: ChildSpec): Promise<Child> => {
  let process_: ChildProcess | undefined;
  let state: 'starting' | 'up' | 'down' = 'starting';
  let stopping = false;
  let hasBeenUp = false;
  let failures = 0;
  let lastWords = '';

  const launch = (): Promise<void> =>
    new Promise((resolve, reject) => {
      state = 'starting';
      const child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', spec.main, JSON.stringify(spec.config())],
        { stdio: ['pipe', 'pipe', 'pipe'], env: spec.environment ?? process.env },
      );
      process_ = child;
      const guard = child.pid === undefined ? undefined : guardAgainstOrphan(child.pid, orphanEndMaxSeconds);
      let upSinceMs = Number.POSITIVE_INFINITY;
      const timer = setTimeout(() => child.kill('SIGKILL'), listenMaxMs);
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (!line.startsWith('{"event":"listening"')) return spec.log(line);
        clearTimeout(timer);
        state = 'up';
        upSinceMs = Date.now();
        hasBeenUp = true;
        spec.onChange();
        resolve();
      });
      createInterface({ input: child.stderr }).on('line', (line) => {
        lastWords = `${lastWords}\n${line}`.slice(-2000);
        spec.log(
          JSON.stringify({
            time: new Date().toISOString(),
            level: 'error',
            function: spec.name,
            event: 'part-says',
            errorMessage: line,
          }),
        );
      });
      child.stdin.on('error', () => undefined);
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        guard?.kill('SIGKILL');
        clearTimeout(timer);
        state = 'down';
        spec.onChange();
        reject(new PartNotStarted(spec.name, signal ?? `exit ${code ?? 0}`, lastWords));
        // One that lived for a while starts the count anew; one that dies at every start waits longer each time.
        failures = Date.now() - upSinceMs > 10_000 ? 0 : failures + 1;
        if (!stopping && hasBeenUp) void comeBack();
      });
    });

  const comeBack = async (): Promise<void> => {
    await sleep(Math.min(backoffMaxMs, 25 * 2 ** failures));
    if (stopping) return;
    // A launch that fails ends in another exit, which comes back here.
    launch().catch(() => undefined);
  };

  await launch();
  return {
    name: spec.name,
    pid: () => process_?.pid ?? 0,
    state: () => state,
    kill: (signal) => {
      process_?.kill(signal);
    },
    stop: async () => {
      stopping = true;
      const child = process_;
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMaxMs);
      await gone;
      clearTimeout(timer);
    },
  };
};
