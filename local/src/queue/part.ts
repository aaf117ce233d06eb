import { type DeclaredQueue, makeQueueEngine, type QueueEngine, type QueueEngineOptions } from '#queue/engine';
import { makeQueueFaults } from '#queue/fault-injection';
import { type Authorise, addQueueGate, type QueueGate } from '#queue/gate';

export type QueuePartOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDir: string | null;
  readonly region?: string;
  readonly queues: readonly DeclaredQueue[];
  readonly authorise: Authorise;
  readonly inFlightMax?: QueueEngineOptions['inFlightMax'];
  readonly onDiskFault?: QueueEngineOptions['onDiskFault'];
};

export type QueuePart = QueueEngine & QueueGate & { readonly port: number };

/** The queue part of the one-machine cloud: the engine behind its gate, with its queues, listening on 127.0.0.1. */
export const startQueuePart = async (options: QueuePartOptions): Promise<QueuePart> => {
  const faults = makeQueueFaults();
  const engine = makeQueueEngine({
    dataDir: options.dataDir,
    deliveryDelayMs: () => faults.current.delayMs,
    ...(options.region !== undefined && { region: options.region }),
    ...(options.inFlightMax !== undefined && { inFlightMax: options.inFlightMax }),
    ...(options.onDiskFault !== undefined && { onDiskFault: options.onDiskFault }),
  });
  const gate = addQueueGate({ engine, faults, authorise: options.authorise });
  for (const queue of options.queues) engine.declareQueue(queue);
  const port = await engine.listen(options.port);
  return { ...engine, ...gate, port };
};
