import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { FunctionError, HurryMessage, InstanceData, InstanceMessage, InvokeMessage } from '#functions/protocol';

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: FunctionError };

export type FunctionSpec = {
  readonly name: string;
  /** Path of the bundle that the zip would hold. */
  readonly bundle: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Instances at most. */
  readonly concurrency: number;
  readonly env: Readonly<Record<string, string>>;
};

/** One sandbox: takes one event at a time. `isGone` when it crashed, timed out or was ended: the pool makes another. */
export type Instance = {
  readonly ready: Promise<void>;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  readonly isGone: () => boolean;
  /** From now on its events are told that they have so long left, ms. */
  readonly hurry: (leftMs: number) => void;
  readonly end: () => Promise<void>;
};

/** Starts an instance. Every line that the function writes goes to `log`. */
export const startInstance = (spec: FunctionSpec, log: (line: string) => void): Instance => {
  const data: InstanceData = { bundle: spec.bundle, functionName: spec.name, memoryMb: spec.memoryMb };
  const worker = new Worker(new URL('./instance-thread.ts', import.meta.url), {
    env: { ...spec.env },
    workerData: data,
    stdout: true,
    stderr: true,
    // Lambda ends a function over its memory; a thread's heap is the nearest there is.
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb },
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', log);

  let gone = false;
  let waiting: ((outcome: Outcome) => void) | undefined;
  const settle = (outcome: Outcome): void => {
    waiting?.(outcome);
    waiting = undefined;
  };
  const fail = (errorType: string, errorMessage: string): void =>
    settle({ ok: false, error: { errorType, errorMessage } });

  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: InstanceMessage) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'broken') {
        gone = true;
        reject(new Error(`${spec.name} could not be loaded: ${message.error.errorMessage}`));
        void worker.terminate();
      } else if (message.kind === 'result') settle({ ok: true, value: message.value });
      else settle({ ok: false, error: message.error });
    });
    worker.on('error', (error) => {
      gone = true;
      log(
        JSON.stringify({
          time: new Date().toISOString(),
          level: 'error',
          function: spec.name,
          event: 'instance-crashed',
          errorMessage: error.message,
        }),
      );
      reject(error);
      fail('Runtime.ExitError', error.message);
    });
    worker.on('exit', () => {
      gone = true;
      reject(new Error(`${spec.name} ended before it was ready.`));
      fail('Runtime.ExitError', 'The instance ended.');
    });
  });
  // Whoever invokes waits for it; nobody else has to.
  ready.catch(() => undefined);

  const invoke = async (event: unknown): Promise<Outcome> => {
    try {
      await ready;
    } catch (error) {
      return {
        ok: false,
        error: {
          errorType: 'Runtime.ImportModuleError',
          errorMessage: error instanceof Error ? error.message : String(error),
        },
      };
    }
    return new Promise<Outcome>((resolve) => {
      const timer = setTimeout(() => {
        gone = true;
        void worker.terminate();
        fail('Sandbox.Timedout', `${spec.name} timed out after ${spec.timeoutMs} ms`);
      }, spec.timeoutMs);
      waiting = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      const message: InvokeMessage = {
        kind: 'invoke',
        id: 0,
        event,
        requestId: randomUUID(),
        deadlineMs: Date.now() + spec.timeoutMs,
      };
      worker.postMessage(message);
    });
  };

  return {
    ready,
    invoke,
    isGone: () => gone,
    hurry: (leftMs) => {
      const message: HurryMessage = { kind: 'hurry', deadlineMs: Date.now() + leftMs };
      worker.postMessage(message);
    },
    end: async () => {
      gone = true;
      await worker.terminate();
    },
  };
};
