import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { own } from '@penstock/domain/own';
import type { WritePath } from '@penstock/platform/settings';
import type { Topology } from '@penstock/platform/topology';
import type { FunctionSpec } from '#functions/instance';

/** The root of the repository. */
export const repository = resolve(fileURLToPath(new URL('../../', import.meta.url)));
export const topologyPath = resolve(repository, 'topology.json');
export const region = 'eu-west-2';

/** Where the parts of one running cloud answer. Chosen once, kept over restarts of a part. */
export type Addresses = {
  readonly shop: number;
  readonly adminSite: number;
  readonly adminApi: number;
  readonly socket: number;
  readonly control: number;
  readonly dynamodb: number;
  /** A whole address: the engine stands where no page may call (hidden-address.ts). */
  readonly engine: string;
  readonly sqs: number;
  readonly s3: number;
  readonly ssm: number;
  readonly socketManagement: number;
  readonly api: number;
  readonly workers: number;
};

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** What a process that hosts function instances needs to know. */
export type HostConfig = {
  readonly port: number;
  readonly addresses: Addresses;
  readonly staffNetworks: readonly string[];
  readonly release: string;
  /** Folder of the bundles: <folder>/<workspace>/<entry>/index.mjs. */
  readonly bundles: string;
  readonly dataDir: string;
  readonly watch: boolean;
  readonly writePath: WritePath;
  /** Posts to sockets a second (H4); the setting's own default when left out. */
  readonly postsPerSecond?: string | undefined;
};

/** Bundles of the build lie in each workspace's dist; those of `npm run dev` in a folder of their own. */
export const bundlePath = (bundles: string, workspace: string, entry: string): string => {
  const name = entry.replace(/^.*\//, '').replace(/\.ts$/, '');
  return bundles === ''
    ? resolve(repository, workspace, 'dist', name, 'index.mjs')
    : resolve(bundles, workspace, name, 'index.mjs');
};

/** The environment of a function: the names of platform/src/settings.ts, endpoints, and a key named after the function. */
export const environmentOf = (
  name: string,
  topology: Topology,
  config: Pick<HostConfig, 'addresses' | 'staffNetworks' | 'release' | 'writePath' | 'postsPerSecond'>,
): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  // No function of the shop's API has a grant to write its tables; one that does so for a comparison is a tool.
  AWS_ACCESS_KEY_ID: isDirect(name, config) ? 'operator' : name,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_ENDPOINT_URL_DYNAMODB: urlOf(config.addresses.dynamodb),
  AWS_ENDPOINT_URL_SQS: urlOf(config.addresses.sqs),
  AWS_ENDPOINT_URL_S3: urlOf(config.addresses.s3),
  AWS_ENDPOINT_URL_SSM: urlOf(config.addresses.ssm),
  AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: urlOf(config.addresses.socketManagement),
  ENVIRONMENT: 'local',
  NAME_PREFIX: '',
  QUEUE_URL_BASE: `${urlOf(config.addresses.sqs)}/000000000000/`,
  IMAGES_BUCKET: 'images',
  SECRET_PREFIX: '/penstock/local/',
  CURRENCY: topology.currency,
  STAFF_NETWORKS: config.staffNetworks.join(','),
  ADMIN_ORIGINS: [urlOf(config.addresses.adminSite), `http://localhost:${config.addresses.adminSite}`].join(','),
  SHOP_ORIGINS: [urlOf(config.addresses.shop), `http://localhost:${config.addresses.shop}`].join(','),
  RELEASE: config.release,
  WRITE_PATH: config.writePath,
  ...(config.postsPerSecond === undefined ? {} : { POSTS_PER_SECOND: config.postsPerSecond }),
  LOG_LEVEL: 'info',
});

/** The functions of the write path `direct`: the API's own handlers, whose sends are writes. Sources; Node runs them as they are. */
const directEntries = {
  'shop-orders': 'local/src/write-paths/shop-orders.ts',
  'shop-baskets': 'local/src/write-paths/shop-baskets.ts',
} as const;

const isDirect = (name: string, { writePath }: Pick<HostConfig, 'writePath'>): name is keyof typeof directEntries =>
  writePath === 'direct' && Object.hasOwn(directEntries, name);

/** The functions of some workspaces' names, as a pool starts them. */
export const functionSpecs = (
  topology: Topology,
  names: readonly string[],
  config: HostConfig,
): readonly FunctionSpec[] =>
  names.flatMap((name) => {
    const called = own(topology.functions, name);
    if (called === undefined) return [];
    return [
      {
        name,
        bundle: isDirect(name, config)
          ? resolve(repository, directEntries[name])
          : bundlePath(config.bundles, called.workspace, called.entry),
        timeoutMs: called.timeoutSeconds * 1000,
        memoryMb: called.memoryMb,
        concurrency: called.concurrency,
        env: environmentOf(name, topology, config),
      },
    ];
  });
