import { readFileSync } from 'node:fs';
import { writePaths } from '@penstock/platform/settings';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composeDrainParts, composeFoldBaskets, composeMoveOrders, composePlaceOrders } from '#compose';
import { composeDirectWrites } from '#compose-direct';
import {
  composeAnnounceCatalogue,
  composeBroadcast,
  composeKeepDeadLetters,
  composePushOperations,
  postingParts,
} from '#compose-streams';

const environment = {
  ENVIRONMENT: 'local',
  QUEUE_URL_BASE: 'http://127.0.0.1:1/000000000000/',
  IMAGES_BUCKET: 'images',
  SECRET_PREFIX: '/penstock/local/',
  CURRENCY: 'GBP',
  STAFF_NETWORKS: '',
  ADMIN_ORIGINS: '',
  SHOP_ORIGINS: '',
};
beforeEach(() => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.stubEnv('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI', 'http://127.0.0.1:1');
});
afterEach(() => vi.unstubAllEnvs());

const partsOf = (path: string | undefined) =>
  composeDrainParts(
    path === undefined ? environment : { ...environment, WRITE_PATH: path },
    { queue: 'baskets', sqsName: 'baskets.fifo' },
    [],
  );
const isPaced = ({ db }: ReturnType<typeof partsOf>) =>
  db.middlewareStack.identify().some((each) => each.includes('penstockPacing'));

describe('the composition of the drains', () => {
  it.each([
    [undefined, true, 1],
    ['penstock', true, 1],
    // The drains of `direct` work what the API does not: moves, and they do so as ever.
    ['direct', true, 1],
    ['sdk-default', false, 4],
    ['sdk-adaptive', false, 4],
  ])('with the write path %s is paced: %s, and asks a table %d times', async (path, paced, attempts) => {
    const parts = partsOf(path);
    expect([isPaced(parts), await parts.db.config.maxAttempts()]).toEqual([paced, attempts]);
  });

  it('[F7] sends what an instance says of itself past the pacer', () => {
    const { own } = partsOf('penstock');
    expect(own.middlewareStack.identify().some((each) => each.includes('penstockPacing'))).toBe(false);
  });

  it('reports without deferral what the SDK gave up', async () => {
    const records = [{ messageId: 'm', receiptHandle: 'r', body: '', receives: 1, group: undefined }];
    const answer = await partsOf('sdk-default').leftovers.answer([{ records, reason: 'busy', fields: {} }]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  });

  it.each(writePaths)('makes every drain with the write path %s', (path) => {
    const given = { ...environment, WRITE_PATH: path };
    for (const compose of [composePlaceOrders, composeFoldBaskets, composeMoveOrders])
      expect(compose(given)).toBeTypeOf('function');
    expect(Object.keys(composeDirectWrites(given))).toEqual(['sendOrder', 'sendBasketOp', 'sendBasketOps']);
  });

  it('refuses a write path that nobody knows', () => {
    expect(() => partsOf('fast')).toThrow('WRITE_PATH');
  });
});

describe('[H4] the parts of the posts a second', () => {
  const topology: {
    readonly functions: Readonly<Record<string, { readonly entry: string; readonly concurrency: number }>>;
    readonly eventSources: Readonly<Record<string, { readonly batchSize: number }>>;
    readonly tables: { readonly products: { readonly capacity: { readonly prod: { readonly write: number } } } };
  } = JSON.parse(readFileSync(new URL('../../topology.json', import.meta.url), 'utf8'));
  const executions = (entry: RegExp) =>
    Object.values(topology.functions)
      .filter((each) => entry.test(each.entry))
      .reduce((sum, each) => sum + each.concurrency, 0);

  it('add up to no more than the setting, with every execution that topology.json lets run', () => {
    const readers = executions(/broadcast|views-products/);
    const others = executions(/push-operations|keep-dead-letters/);
    expect([readers, others]).toEqual([4, 10]);
    expect(readers / postingParts.streamReader + others / postingParts.other).toBeLessThanOrEqual(1);
  });

  it.each(['broadcast-products', 'views-products'])(
    'let %s take in one batch what came while it told the last',
    (name) => {
      const changesPerSecond = topology.tables.products.capacity.prod.write;
      // 2,000 pages at 1,000 posts a second: with batches of 100 the last state came four rounds after the last change.
      expect(topology.eventSources[name]?.batchSize).toBeGreaterThanOrEqual(2 * changesPerSecond);
    },
  );

  it('make every sender of frames', () => {
    for (const compose of [composeBroadcast, composeAnnounceCatalogue, composePushOperations, composeKeepDeadLetters])
      expect(compose(environment)).toBeTypeOf('function');
  });
});
