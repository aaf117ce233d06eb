import { isGranted } from '@penstock/platform/grants';
import { loadTopology } from '@penstock/platform/topology';
import * as z from 'zod';
import { localSecret, startObjectPart } from '#objects/part';
import { runPart } from '#queue/part-process';

/**
 * The object part as a process of its own, apart from the queue, so that a kill of one leaves the other alone:
 * node src/objects/main.ts '{"port":0,"dataDir":null,"topology":"topology.json","allowedOrigins":[]}'.
 */
const configSchema = z.strictObject({
  /** 0 takes a free port. */
  port: z.int().min(0).max(65_535),
  /** Folder of the objects; null keeps them in memory alone. */
  dataDir: z.string().min(1).nullable(),
  /** Path of topology.json: its buckets are made, its grants enforced. */
  topology: z.string().min(1),
  /** Origins of pages that upload: those of the sites that the topology's `uploadOrigins` name. */
  allowedOrigins: z.array(z.string()),
});

await runPart(configSchema, (config) => {
  const topology = loadTopology(config.topology);
  return startObjectPart({
    port: config.port,
    dataDir: config.dataDir,
    buckets: Object.keys(topology.buckets),
    authorise: (call) => isGranted(topology, call),
    secretOf: () => localSecret,
    allowedOrigins: config.allowedOrigins,
    publicPrefixes: Object.entries(topology.buckets).flatMap(([bucket, { publicPrefixes }]) =>
      (publicPrefixes ?? []).map((prefix) => `${bucket}/${prefix}`),
    ),
    clock: { now: () => Date.now() },
  });
});
