import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';

const configOf = (endpoint: string, caller: string): DynamoDBClientConfig => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: caller, secretAccessKey: 'local' },
  maxAttempts: 1,
});

/** A client of the SDK that signs as `caller` and tries once, so that every refusal is seen. */
export const makeClient = (endpoint: string, caller = 'operator', more: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({ ...configOf(endpoint, caller), ...more });

export const makeStreamsClient = (endpoint: string, caller = 'operator'): DynamoDBStreamsClient =>
  new DynamoDBStreamsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: caller, secretAccessKey: 'local' },
    maxAttempts: 1,
  });
