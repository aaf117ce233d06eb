import * as z from 'zod';

/**
 * What a function knows of its surroundings: read once, from the environment, by compose.ts. Both clouds set the same
 * names; endpoints of the one-machine cloud come from AWS_ENDPOINT_URL_* and are the SDK's business, not ours.
 */
const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string()))
  .transform((parts) => parts.filter((part) => part !== ''));

/**
 * How writes reach the tables. `penstock` is the only one that is ever deployed; the others are there to be compared
 * with it, on the one-machine cloud alone (docs/decisions/006).
 */
export const writePaths = ['penstock', 'direct', 'sdk-default', 'sdk-adaptive'] as const;
export type WritePath = (typeof writePaths)[number];

const settingsSchema = z.object({
  /** local, dev, staging or prod. */
  ENVIRONMENT: z.enum(['local', 'dev', 'staging', 'prod']),
  /** What precedes the names of tables: `` on the one-machine cloud, `penstock-dev-` on AWS. */
  NAME_PREFIX: z.string().default(''),
  /** What precedes a queue's name in its URL, with the prefix: `http://127.0.0.1:9324/000000000000/`. */
  QUEUE_URL_BASE: z.url(),
  IMAGES_BUCKET: z.string().min(3),
  /** What precedes a secret's name in the parameter store: `/penstock/local/`. */
  SECRET_PREFIX: z.string().startsWith('/'),
  /** ISO 4217 code of the deployment. */
  CURRENCY: z.string().regex(/^[A-Z]{3}$/),
  /** CIDR blocks from which staff may call. */
  STAFF_NETWORKS: list,
  /** Origins of the back office's site: writes and sockets of staff come from there, or have none. */
  ADMIN_ORIGINS: list,
  /** Origins of the shop's site. */
  SHOP_ORIGINS: list,
  /** Commit or version of the release. */
  RELEASE: z.string().default('dev'),
  /** Admission (B3): a basket edit is refused when it would wait this long, s. */
  SHED_BASKETS_SECONDS: z.coerce.number().positive().default(60),
  /** Admission (B3): an order is refused when it would wait this long, s. */
  SHED_ORDERS_SECONDS: z.coerce.number().positive().default(600),
  /**
   * Posts to sockets a second, all functions together (H4): a tenth of the 10,000 requests a second that an account has
   * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
   */
  POSTS_PER_SECOND: z.coerce.number().positive().default(1000),
  /** Set by the one-machine cloud alone. */
  WRITE_PATH: z.enum(writePaths).default('penstock'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Set by Lambda and by the one-machine cloud. */
  AWS_LAMBDA_FUNCTION_NAME: z.string().default('unknown'),
});

export type Settings = {
  readonly environment: 'local' | 'dev' | 'staging' | 'prod';
  readonly imagesBucket: string;
  readonly secretPrefix: string;
  readonly currency: string;
  readonly staffNetworks: readonly string[];
  readonly adminOrigins: readonly string[];
  readonly shopOrigins: readonly string[];
  readonly release: string;
  /** The estimated waits from which writes are refused (B3), ms. */
  readonly shedMs: { readonly baskets: number; readonly orders: number };
  /** Posts to sockets a second, of all functions together (H4). */
  readonly postsPerSecond: number;
  readonly writePath: WritePath;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly functionName: string;
  /** The real name of a table of the topology. */
  readonly tableName: (table: string) => string;
  /** The URL of a queue, by its SQS name (`baskets.fifo`). */
  readonly queueUrl: (queueName: string) => string;
};

/** One or more environment variables are missing or wrong. The message lists every one. */
export class SettingsInvalid extends Error {
  readonly code = 'settings-invalid';
  constructor(faults: readonly string[]) {
    super(`The environment is not complete:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'SettingsInvalid';
  }
}

/** Reads the settings; throws SettingsInvalid naming every bad variable. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success)
    throw new SettingsInvalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const values = parsed.data;
  if (values.WRITE_PATH !== 'penstock' && values.ENVIRONMENT !== 'local')
    throw new SettingsInvalid([`WRITE_PATH: ${values.WRITE_PATH} is for comparisons on the one-machine cloud alone`]);
  return {
    environment: values.ENVIRONMENT,
    imagesBucket: values.IMAGES_BUCKET,
    secretPrefix: values.SECRET_PREFIX,
    currency: values.CURRENCY,
    staffNetworks: values.STAFF_NETWORKS,
    adminOrigins: values.ADMIN_ORIGINS,
    shopOrigins: values.SHOP_ORIGINS,
    release: values.RELEASE,
    shedMs: { baskets: values.SHED_BASKETS_SECONDS * 1000, orders: values.SHED_ORDERS_SECONDS * 1000 },
    postsPerSecond: values.POSTS_PER_SECOND,
    writePath: values.WRITE_PATH,
    logLevel: values.LOG_LEVEL,
    functionName: values.AWS_LAMBDA_FUNCTION_NAME,
    tableName: (table) => `${values.NAME_PREFIX}${table}`,
    queueUrl: (queueName) => `${values.QUEUE_URL_BASE}${queueName}`,
  };
};
