import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { callBudget } from '#call-budget';
import { marshallOptions, nameUnstorable } from '#storable';

/**
 * The only place that makes AWS clients. Endpoints, region and keys come from the environment (AWS_ENDPOINT_URL_*), so
 * the same code runs in both clouds. `import` only the makers that a function needs: each client costs start-up time.
 */
export type ClientProfile = 'api' | 'request' | 'worker' | 'sdk-default' | 'sdk-adaptive';

/**
 * Stream readers and the API retry by the SDK's standard mode, twice; workers never: the worker's own backoff is the one
 * retry layer (F1). Behind the API a person waits: there each try is shorter, and all tries of a call share one budget.
 * The two of the load lab's comparisons leave attempts and delays to the SDK, or to its client-side limiter
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). Time-outs are ours in both: the SDK has
 * none, and the first call after a thaw meets a dead socket.
 */
const optionsOf = (profile: ClientProfile, requestTimeout = profile === 'api' ? 1500 : 3000) => ({
  ...retriesOf[profile],
  requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true }),
});

/** All tries of one call of the API together: a part that hangs is told within this. */
const budgetMs = 3000;
/** A picture of 5 MB is on its way for longer. */
const objectBudgetMs = 6000;

const retriesOf = {
  api: { maxAttempts: 3 },
  request: { maxAttempts: 3 },
  worker: { maxAttempts: 1 },
  'sdk-default': { retryMode: 'standard' },
  'sdk-adaptive': { retryMode: 'adaptive' },
} as const satisfies Readonly<Record<ClientProfile, { readonly maxAttempts?: number; readonly retryMode?: string }>>;

/** Document client: plain values in and out, undefined members dropped. */
export const makeDynamoDb = (profile: ClientProfile): DynamoDBDocumentClient => {
  const client = new DynamoDBClient(optionsOf(profile));
  if (profile === 'api') client.middlewareStack.add(callBudget(budgetMs), { step: 'initialize' });
  const db = DynamoDBDocumentClient.from(client, { marshallOptions });
  nameUnstorable(db);
  return db;
};

/**
 * The queue URL names host and port in both clouds, so it is the endpoint. The API's own repeat of a send is the one retry
 * (send-write.ts), so that a queue that hangs is asked twice and not six times.
 */
export const makeSqs = (profile: ClientProfile): SQSClient =>
  new SQSClient(profile === 'api' ? optionsOf('worker') : optionsOf(profile));

export const makeS3 = (): S3Client => {
  // Checksums only where S3 demands them: a signed upload form must not carry the checksum of an empty body.
  const client = new S3Client({ ...optionsOf('api', 3000), requestChecksumCalculation: 'WHEN_REQUIRED' });
  client.middlewareStack.add(callBudget(objectBudgetMs), { step: 'initialize' });
  return client;
};

export const makeSsm = (): SSMClient => {
  const client = new SSMClient(optionsOf('api'));
  client.middlewareStack.add(callBudget(budgetMs), { step: 'initialize' });
  return client;
};

/** Posts to sockets. On AWS, AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI is set to the stage's https address. */
export const makeSocketApi = (): ApiGatewayManagementApiClient =>
  new ApiGatewayManagementApiClient(optionsOf('worker'));
