import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * The only place that makes AWS clients. Endpoints, region and keys come from the environment (AWS_ENDPOINT_URL_*), so
 * the same code runs in both clouds. `import` only the makers that a function needs: each client costs start-up time.
 */
export type ClientProfile = 'request' | 'worker' | 'sdk-default' | 'sdk-adaptive';

/**
 * Request paths retry by the SDK's standard mode, twice; workers never: the worker's own backoff is the one retry
 * layer (F1). The two of the load lab's comparisons leave attempts and delays to the SDK, or to its client-side limiter
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). Time-outs are ours in both: the SDK has none, and the first call after a thaw meets a dead socket.
 */
const optionsOf = (profile: ClientProfile) => ({
  ...retriesOf[profile],
  requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true }),
});

const retriesOf = {
  request: { maxAttempts: 3 },
  worker: { maxAttempts: 1 },
  'sdk-default': { retryMode: 'standard' },
  'sdk-adaptive': { retryMode: 'adaptive' },
} as const satisfies Readonly<Record<ClientProfile, { readonly maxAttempts?: number; readonly retryMode?: string }>>;

/** Document client: plain values in and out, undefined members dropped. */
export const makeDynamoDb = (profile: ClientProfile): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(optionsOf(profile)), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** The queue URL names host and port in both clouds, so it is the endpoint. */
export const makeSqs = (profile: ClientProfile): SQSClient => new SQSClient(optionsOf(profile));

export const makeS3 = (): S3Client =>
  // Checksums only where S3 demands them: a signed upload form must not carry the checksum of an empty body.
  new S3Client({ ...optionsOf('request'), requestChecksumCalculation: 'WHEN_REQUIRED' });

export const makeSsm = (): SSMClient => new SSMClient(optionsOf('request'));

/** Posts to sockets. On AWS, AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI is set to the stage's https address. */
export const makeSocketApi = (): ApiGatewayManagementApiClient =>
  new ApiGatewayManagementApiClient(optionsOf('worker'));
