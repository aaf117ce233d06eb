import { own } from '@penstock/domain/own';
import { isGranted } from '@penstock/platform/grants';
import { loadTopology, queueName, type Topology } from '@penstock/platform/topology';
import * as z from 'zod';
import type { DeclaredQueue } from '#queue/engine';
import { startQueuePart } from '#queue/part';
import { runPart } from '#queue/part-process';

/** The queue part as a process of its own: node src/queue/main.ts '{"port":0,"dataDir":null,"topology":"topology.json"}'. */
const configSchema = z.strictObject({
  /** 0 takes a free port. */
  port: z.int().min(0).max(65_535),
  /** Folder of the SQLite file; null keeps messages in memory alone. */
  dataDir: z.string().min(1).nullable(),
  /** Path of topology.json: its queues are made, its grants enforced. */
  topology: z.string().min(1),
  region: z.string().default('us-east-1'),
});

const queuesOf = (topology: Topology): readonly DeclaredQueue[] =>
  Object.entries(topology.queues).map(([key, queue]) => {
    const target = queue.deadLetter && own(topology.queues, queue.deadLetter.queue);
    return {
      name: queueName(key, queue),
      attributes: {
        VisibilityTimeout: `${queue.visibilitySeconds}`,
        MessageRetentionPeriod: `${queue.retentionDays * 24 * 60 * 60}`,
        ...(queue.throughput === 'high' && {
          DeduplicationScope: 'messageGroup',
          FifoThroughputLimit: 'perMessageGroupId',
        }),
      },
      ...(queue.deadLetter &&
        target && {
          deadLetter: {
            name: queueName(queue.deadLetter.queue, target),
            maxReceiveCount: queue.deadLetter.maxReceiveCount,
          },
        }),
    };
  });

/** What the answer to the call that met the fault may take. */
const answerMs = 100;

await runPart(configSchema, (config) => {
  const topology = loadTopology(config.topology);
  return startQueuePart({
    port: config.port,
    dataDir: config.dataDir,
    region: config.region,
    queues: queuesOf(topology),
    authorise: (call) => isGranted(topology, call),
    onDiskFault: (fault) => {
      console.error(fault.message, fault.cause);
      // The refusal still goes out. Memory is ahead of the disk from here on: only a new process is right again.
      setTimeout(() => process.exit(1), answerMs);
    },
  });
});
