import { isGranted, operator } from '@penstock/platform/grants';
import { loadTopology } from '@penstock/platform/topology';
import * as z from 'zod';
import { startGate } from '#database/gate/server';
import { runPart } from '#queue/part-process';

/**
 * The capacity gate as a process of its own; the engine is another, so that a kill of one leaves the other alone:
 * node src/database/main.ts '{"port":0,"upstreamUrl":"http://127.0.0.1:8000","topologyPath":"topology.json","burstSeconds":0}'.
 */
const configSchema = z.strictObject({
  /** 0 takes a free port. */
  port: z.int().min(0).max(65_535),
  /** The engine: any DynamoDB endpoint on this machine. */
  upstreamUrl: z.url(),
  /** Path of topology.json: its grants are enforced. Without it only the operator may call. */
  topologyPath: z.string().min(1).optional(),
  burstSeconds: z.number().min(0).max(300),
});

await runPart(configSchema, ({ port, upstreamUrl, topologyPath, burstSeconds }) => {
  const topology = topologyPath === undefined ? undefined : loadTopology(topologyPath);
  return startGate({
    port,
    upstreamUrl,
    burstSeconds,
    authorise: (call) => (topology === undefined ? call.caller === operator : isGranted(topology, call)),
  });
});
