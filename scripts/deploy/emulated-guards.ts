/** What must be refused in the emulated environment: its emulator evaluates roles and resource policies as AWS does. */
import { DynamoDBClient, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Emulator } from './emulator.ts';
import type { Hands } from './run-steps.ts';

const region = 'eu-west-2';
/** Loopback too, and in no staff network of terraform/live/local. */
const stranger = '127.0.0.2';
const account = '000000000000';

/** Tries what must not work; throws naming the guard that let it through. */
export const tryGuards = async (
  emulator: Emulator,
  { ask, terraform, edgeHeaders }: Pick<Hands, 'ask' | 'terraform' | 'edgeHeaders'>,
  say: (text: string) => void,
): Promise<void> => {
  const addresses = await terraform.addresses();
  const refuses = async (what: string, url: string, word: string, asked = {}): Promise<void> => {
    const { status, text } = await ask(url, asked);
    if (status !== 403 || !text.includes(word))
      throw new Error(`${what} should be refused with 403 and "${word}"; it answered ${status}: ${text.slice(0, 200)}`);
    say(`${what}: refused`);
  };
  const elsewhere = { from: stranger };
  // The words are the gateway's: its policy refused, no function was asked.
  await refuses(
    'admin API, asked from outside the staff networks',
    `${addresses.admin_api}/products`,
    'ACCESS_DENIED',
    elsewhere,
  );
  await refuses('back office, asked from outside the staff networks', `${addresses.admin}/`, '', elsewhere);
  await refuses('shop API, asked without the origin secret', `${addresses.shop}/api/health`, 'network-not-allowed', {
    headers: { ...edgeHeaders, 'x-origin-secret': 'guessed' },
  });
  await tryRole(emulator, ask, say);
};

/** The role of a function that only reads products: it reads, and neither scans nor writes. */
const tryRole = async (emulator: Emulator, ask: Hands['ask'], say: (text: string) => void): Promise<void> => {
  const role = 'penstock-local-shop-catalogue';
  const table = { TableName: 'penstock-local-products' };
  const client = new DynamoDBClient({
    endpoint: emulator.url,
    region,
    maxAttempts: 1,
    credentials: await assume(emulator, ask, role),
  });
  const isDenied = async (send: () => Promise<unknown>): Promise<boolean> => {
    try {
      await send();
      return false;
    } catch (error) {
      if (error instanceof Error && error.name === 'AccessDeniedException') return true;
      throw error;
    }
  };
  const query = new QueryCommand({
    ...table,
    KeyConditionExpression: 'id = :id',
    ExpressionAttributeValues: { ':id': { S: 'none' } },
  });
  if (await isDenied(() => client.send(query))) throw new Error(`${role} may not read products, which it was granted.`);
  if (!(await isDenied(() => client.send(new ScanCommand(table))))) throw new Error(`${role} may scan products.`);
  const put = new PutItemCommand({ ...table, Item: { id: { S: 'planted' }, part: { S: 'offer' } } });
  if (!(await isDenied(() => client.send(put)))) throw new Error(`${role} may write products.`);
  say(`${role}: reads products; scan and write refused`);
  client.destroy();
};

const assume = async (emulator: Emulator, ask: Hands['ask'], role: string) => {
  const { text } = await ask(emulator.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/sts/aws4_request, SignedHeaders=host, Signature=00`,
    },
    body: new URLSearchParams({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: `arn:aws:iam::${account}:role/${role}`,
      RoleSessionName: 'guards',
    }).toString(),
  });
  const part = (name: string): string => new RegExp(`<${name}>([^<]+)`).exec(text)?.[1] ?? '';
  return {
    accessKeyId: part('AccessKeyId'),
    secretAccessKey: part('SecretAccessKey'),
    sessionToken: part('SessionToken'),
  };
};
