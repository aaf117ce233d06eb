import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { absenceOf, elasticMq } from '#engines/catalogue';
import { startElasticMq } from '#engines/elasticmq';
import { createQueue } from '#queue/contract-client';
import { describeQueueContract, type QueueEndpoint } from '#queue/contract-suite';
import { makeQueueEngine } from '#queue/engine';
import { buildEngineApp } from '#queue/engine-app';
import { fauxqs } from '#queue/fauxqs-internals';

const openOurs = async (dataDir: string | null): Promise<QueueEndpoint> => {
  const engine = makeQueueEngine({ dataDir });
  const port = await engine.listen(0);
  return { endpoint: `http://127.0.0.1:${port}/`, close: engine.close };
};

describeQueueContract('our engine in memory', { open: () => openOurs(null) });

describeQueueContract('our engine on disk', {
  open: async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'penstock-queue-'));
    const { endpoint, close } = await openOurs(dataDir);
    return {
      endpoint,
      close: async () => {
        await close();
        rmSync(dataDir, { recursive: true });
      },
    };
  },
});

describeQueueContract('ElasticMQ', {
  skip: absenceOf(elasticMq),
  open: startElasticMq,
  differs: {
    'locked-until-all-are-back': 'gives the head of the group again while the others are out',
    'deduplication-per-group': 'ignores DeduplicationScope: one id counts for the whole queue',
    'refused-redrive-policies': 'takes a maxReceiveCount of 1001 and a standard dead-letter queue for a FIFO queue',
  },
});

// Why the engine is mended at all (decision record 002). When one of these passes, the mending can go.
describeQueueContract('fauxqs as it is published', {
  open: async () => {
    const app = buildEngineApp('us-east-1', {
      sqsStore: new fauxqs.SqsStore(),
      snsStore: new fauxqs.SnsStore(),
      s3Store: new fauxqs.S3Store(),
    });
    return { endpoint: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
  },
  differs: {
    'locked-until-all-are-back': 'never has two of a group out',
    'ten-of-a-group': 'gives one message of a group a receive',
    'order-after-visibility': 'gives messages back in reverse',
    'deduplication-per-group': 'ignores DeduplicationScope',
    'receive-count-kept': 'counts one receive that nobody made',
    'refused-redrive-policies': 'takes both',
    'group-on-standard-queue': 'drops the group',
  },
});

it('gives back at once what a long poll took whose caller is gone', async () => {
  const { endpoint, close } = await openOurs(null);
  const queue = await createQueue(endpoint, 'orders');
  const caller = new AbortController();
  const poll = fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
    body: JSON.stringify({ QueueUrl: queue.queueUrl, WaitTimeSeconds: 10 }),
    signal: caller.signal,
  });
  setTimeout(() => caller.abort(), 200);
  await expect(poll).rejects.toThrow('aborted');
  await queue.send('order');
  expect(await queue.bodies({ WaitTimeSeconds: 2 })).toEqual(['order']);
  await close();
});
