import type { RunState } from '#cloud';

/** One call of the cloud's tables, signed as an operator's tool signs. */
const table = async (cloud: Pick<RunState, 'aws'>, action: string, body: object): Promise<unknown> => {
  const scope = `operator/20261123/${cloud.aws.region}/dynamodb/aws4_request`;
  const answer = await fetch(cloud.aws.dynamodb, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${action} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
};

/** Sells one unit of a product behind the shop's back: a write of the table alone, as the drain's decrement is. */
export const sellOne = async (cloud: Pick<RunState, 'aws'>, id: string): Promise<void> => {
  await table(cloud, 'UpdateItem', {
    TableName: 'products',
    Key: { id: { S: id }, part: { S: 'offer' } },
    UpdateExpression: 'SET stock = stock - :one, rev = rev + :one',
    ConditionExpression: 'attribute_exists(id)',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
};

/** How many trials of a message were begun and not ended (G2). */
export const marksOf = async (cloud: Pick<RunState, 'aws'>, queue: string, messageId: string): Promise<number> => {
  const Key = { pk: { S: `suspect#${queue}` }, sk: { S: messageId } };
  const answer = await table(cloud, 'GetItem', { TableName: 'operations', Key, ConsistentRead: true });
  return Number((answer as { Item?: { marks?: { N?: string } } }).Item?.marks?.N ?? 0);
};
