/** The part `workers`: the instances of queue and stream functions, and the event sources that feed them. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '@penstock/domain/own';
import { loadTopology, queueName, type Topology } from '@penstock/platform/topology';
import { makeAwsCall } from '#aws-call';
import { functionSpecs, region, topologyPath, urlOf } from '#config';
import { type EventSource, startQueueSource } from '#event-sources/queue-source';
import { type Checkpoint, startStreamSource } from '#event-sources/stream-source';
import { type FunctionPool, makeFunctionPool } from '#functions/pool';
import { hostConfigSchema, logEvent, logLine, startHost } from '#parts/host';
import { runPart } from '#queue/part-process';
import { followSources, readSwitches } from '#switches';

type Ports = { readonly dynamodb: number; readonly sqs: number };

const startSources = (
  topology: Topology,
  pool: FunctionPool,
  ports: Ports,
  dataDir: string,
  paused: readonly string[],
): readonly EventSource[] => {
  const queueUrl = (key: string): string => {
    const queue = own(topology.queues, key);
    return `${urlOf(ports.sqs)}/000000000000/${queue === undefined ? key : queueName(key, queue)}`;
  };
  return Object.entries(topology.eventSources).map(([name, declared]) => {
    const source = { ...declared, enabled: declared.enabled && !paused.includes(name) };
    const shared = {
      name,
      log: logEvent(`source ${name}`),
      invoke: (event: unknown) => pool.invoke(source.function, event),
    };
    const sqs = makeAwsCall(urlOf(ports.sqs), source.function);
    if ('queue' in source)
      return startQueueSource({
        ...shared,
        source,
        sqs,
        queueUrl: queueUrl(source.queue),
        queueArn: `arn:aws:sqs:${region}:000000000000:${source.queue}`,
        region,
      });
    return startStreamSource({
      ...shared,
      source,
      tableName: source.stream,
      streams: makeAwsCall(urlOf(ports.dynamodb), source.function),
      checkpoint: fileCheckpoint(join(dataDir, 'checkpoints'), name),
      giveUp: async (note) => {
        await sqs('AmazonSQS.SendMessage', { QueueUrl: queueUrl(source.onFailure), MessageBody: JSON.stringify(note) });
      },
    });
  });
};

/** A checkpoint in a file, written whole: a kill leaves the old one or the new one. */
const fileCheckpoint = (folder: string, name: string): Checkpoint => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
    write: (sequence) => {
      writeFileSync(`${file}.next`, sequence);
      renameSync(`${file}.next`, file);
    },
  };
};

await runPart(hostConfigSchema, async (config) => {
  const topology = loadTopology(topologyPath);
  const names = Object.entries(topology.functions).flatMap(([name, called]) =>
    called.workspace === 'workers' ? [name] : [],
  );
  const pool = makeFunctionPool({ functions: functionSpecs(topology, names, config), log: logLine });
  const engine = makeAwsCall(config.addresses.engine, 'operator');
  // Before the first poll: a part that was killed must not work a queue that staff have paused.
  const { sourcesPaused } = await readSwitches(engine);
  const sources = startSources(topology, pool, config.addresses, config.dataDir, sourcesPaused);
  const server = await startHost(config.port, pool, (method, path, body) => {
    if (method === 'GET' && path === '/sources')
      return {
        // It works for as long as somebody watches the meters, which puts nothing into any table.
        busy: pool.busy('push-operations'),
        sources: sources.map((source) => ({
          name: source.name,
          idle: source.isIdle(),
          emptyLooks: source.emptyLooks(),
        })),
      };
    if (method !== 'PUT' || path !== '/sources') return undefined;
    const { name, enabled } = JSON.parse(body) as { name: string; enabled: boolean };
    sources.find((source) => source.name === name)?.setEnabled(enabled);
    return {};
  });
  const complain = logEvent('workers');
  const following = followSources(
    engine,
    (paused) => {
      for (const source of sources)
        source.setEnabled(!paused.includes(source.name) && own(topology.eventSources, source.name)?.enabled === true);
    },
    (reason) => complain('warn', 'switches-unread', { reason }),
  );
  void pool.warm();
  return {
    port: config.port,
    close: async () => {
      following.stop();
      const stopped = Promise.all(sources.map((source) => source.stop()));
      pool.hurry();
      await stopped;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
});
