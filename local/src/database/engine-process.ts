import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainCall } from '#plain-call';
import { guardAgainstOrphan } from '#supervisor/orphan-guard';

/** A database engine as a child process, answering at its endpoint. */
export type EngineProcess = {
  readonly pid: number;
  readonly endpoint: string;
  /** Resolves when the process is gone, by whatever means. */
  readonly exited: Promise<void>;
  /** SIGTERM, after 3 s SIGKILL; resolves when it is gone. */
  readonly stop: () => Promise<void>;
};

/** The engine did not come up. Transient when a port or a file is still held by a process that is just ending. */
export class EngineNotStarted extends Error {
  readonly code = 'engine-not-started';
  constructor(message: string) {
    super(message);
    this.name = 'EngineNotStarted';
  }
}

export type EngineCommand = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Where it will answer. */
  readonly endpoint: string;
  readonly startMaxMs: number;
};

const stopMaxMs = 3000;
const wordsKept = 2000;

/** Starts an engine and waits until it answers over HTTP. Throws EngineNotStarted with the engine's own last words. */
export const startEngineProcess = async (engine: EngineCommand): Promise<EngineProcess> => {
  const child = spawn(engine.command, engine.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let lastWords = '';
  const listen = (chunk: Buffer) => {
    lastWords = `${lastWords}${chunk.toString('utf8')}`.slice(-wordsKept);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      lastWords = error.message;
      resolve();
    });
  });
  const { endpoint } = engine;
  const stop = () => end(child, exited);
  const gone = exited.then(() => 'gone' as const);
  const giveUpAt = Date.now() + engine.startMaxMs;
  while (!(await answers(endpoint))) {
    const isGone = (await Promise.race([gone, sleep(10)])) === 'gone';
    if (!isGone && Date.now() < giveUpAt) continue;
    await stop();
    const why = isGone ? 'ended' : `did not answer within ${engine.startMaxMs} ms`;
    throw new EngineNotStarted(`${engine.name} ${why} at ${endpoint}. Its last words: ${lastWords.trim()}`);
  }
  const { pid } = child;
  // Another process may hold the port and answer in its place.
  if (pid === undefined || child.exitCode !== null)
    throw new EngineNotStarted(`${engine.name} ended at once. Its last words: ${lastWords.trim()}`);
  const guard = guardAgainstOrphan(pid);
  void exited.then(() => guard.kill('SIGKILL'));
  return { pid, endpoint, exited, stop };
};

const end = async (child: ChildProcess, exited: Promise<void>): Promise<void> => {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMaxMs);
  await exited;
  clearTimeout(timer);
};

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    // Any answer will do: DynamoDB Local refuses an unsigned GET.
    await plainCall(endpoint, { method: 'GET', signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    // Not listening yet.
    return false;
  }
};

/** A port that is free now. */
export const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
