import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabaseEngine } from '#database/engine';
import type { EngineProcess } from '#database/engine-process';
import { type GateOptions, type RunningGate, startGate } from '#database/gate/server';

export type GatedEngine = {
  readonly gate: RunningGate;
  readonly engine: () => EngineProcess;
  readonly dbFile: string;
  /** SIGKILL, and wait until it is gone. */
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly control: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;
  readonly close: () => Promise<void>;
};

/** An engine on a file of its own behind a gate; anybody may call unless `authorise` says otherwise. */
export const startGatedEngine = async (options: Partial<GateOptions> = {}): Promise<GatedEngine> => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-database-'));
  const dbFile = join(folder, 'tables.sqlite');
  let engine = await startDatabaseEngine({ dbFile });
  const gate = await startGate({
    port: 0,
    upstreamUrl: engine.endpoint,
    burstSeconds: 0,
    authorise: () => true,
    ...options,
  });
  return {
    gate,
    engine: () => engine,
    dbFile,
    kill: async () => {
      process.kill(engine.pid, 'SIGKILL');
      await engine.exited;
    },
    restart: async () => {
      engine = await startDatabaseEngine({ dbFile, endpoint: engine.endpoint });
    },
    control: (method, path, body) => callControl(gate.endpoint, method, path, body),
    close: async () => {
      await gate.close();
      await engine.stop();
      rmSync(folder, { recursive: true });
    },
  };
};

const callControl = async (endpoint: string, method: string, path: string, body: unknown) => {
  const answer = await fetch(`${endpoint}${path}`, {
    method,
    headers: { 'x-penstock-control': '1' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as unknown };
};
