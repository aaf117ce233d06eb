import { loadTopology } from '@penstock/platform/topology';
import { describe, expect, it } from 'vitest';
import { type Addresses, bundlePath, environmentOf, functionSpecs, repository, topologyPath } from '#config';

const topology = loadTopology(topologyPath);
const addresses: Addresses = {
  shop: 1,
  adminSite: 2,
  adminApi: 3,
  socket: 4,
  control: 5,
  dynamodb: 6,
  engine: 'http://127.9.9.9:6667',
  sqs: 8,
  s3: 9,
  ssm: 10,
  socketManagement: 11,
  api: 12,
  workers: 13,
};
const host = {
  port: 0,
  addresses,
  staffNetworks: ['127.0.0.1/32', '10.0.0.0/8'],
  release: '1.2.3',
  bundles: '',
  dataDir: '/d',
  watch: false,
  writePath: 'penstock',
} as const;

describe('the environment of a function', () => {
  const environment = environmentOf('place-orders', topology, host);

  it('signs with its own name, so that the gates enforce its grants', () => {
    expect(environment).toMatchObject({
      AWS_ACCESS_KEY_ID: 'place-orders',
      AWS_LAMBDA_FUNCTION_NAME: 'place-orders',
    });
  });

  it('points every service at this machine, through the gates, never at the engine', () => {
    const endpoints = Object.entries(environment).filter(([name]) => name.startsWith('AWS_ENDPOINT_URL_'));
    expect(Object.fromEntries(endpoints)).toEqual({
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:6',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:8',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:10',
      AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: 'http://127.0.0.1:11',
    });
  });

  it('names the networks of the staff and the origins of both sites', () => {
    expect(environment).toMatchObject({
      STAFF_NETWORKS: '127.0.0.1/32,10.0.0.0/8',
      ADMIN_ORIGINS: 'http://127.0.0.1:2,http://localhost:2',
      SHOP_ORIGINS: 'http://127.0.0.1:1,http://localhost:1',
      RELEASE: '1.2.3',
    });
  });
});

describe('the functions of a host', () => {
  it('have the limits of the topology, and their bundle', () => {
    const declared = topology.functions['place-orders'];
    expect(functionSpecs(topology, ['place-orders', 'unheard-of'], host)).toEqual([
      {
        name: 'place-orders',
        bundle: `${repository}/workers/dist/place-orders/index.mjs`,
        timeoutMs: (declared?.timeoutSeconds ?? 0) * 1000,
        memoryMb: declared?.memoryMb,
        concurrency: declared?.concurrency,
        env: environmentOf('place-orders', topology, host),
      },
    ]);
  });

  it('write directly in two functions of the API when that is compared, and nowhere else', () => {
    const direct = { ...host, writePath: 'direct' as const };
    const names = ['shop-orders', 'shop-baskets', 'shop-catalogue', 'place-orders'];
    const specs = functionSpecs(topology, names, direct);
    expect(specs.map(({ bundle, env }) => [bundle.replace(`${repository}/`, ''), env.AWS_ACCESS_KEY_ID])).toEqual([
      ['local/src/write-paths/shop-orders.ts', 'operator'],
      ['local/src/write-paths/shop-baskets.ts', 'operator'],
      ['api/dist/shop-catalogue/index.mjs', 'shop-catalogue'],
      ['workers/dist/place-orders/index.mjs', 'place-orders'],
    ]);
    expect(specs.map(({ env }) => env.WRITE_PATH)).toEqual(['direct', 'direct', 'direct', 'direct']);
  });

  it('come from the build, or from the folder of npm run dev', () => {
    expect(bundlePath('', 'api', 'src/handlers/socket.ts')).toBe(`${repository}/api/dist/socket/index.mjs`);
    expect(bundlePath('/dev', 'api', 'src/handlers/socket.ts')).toBe('/dev/api/socket/index.mjs');
  });
});
