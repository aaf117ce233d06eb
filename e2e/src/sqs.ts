import type { RunState } from '#cloud';

/** One call of the cloud's queues, signed as an operator's tool signs. */
export const sqs = async <T = Record<string, unknown>>(
  cloud: Pick<RunState, 'aws'>,
  action: string,
  body: object,
): Promise<T> => {
  const scope = `operator/20261123/${cloud.aws.region}/sqs/aws4_request`;
  const answer = await fetch(cloud.aws.sqs, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${action} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
};

/** Takes a message of this kind out of a queue for good, if one is there. */
export const takeMessage = async (
  cloud: Pick<RunState, 'aws'>,
  QueueUrl: string,
  isWanted: (body: string) => boolean,
): Promise<string | undefined> => {
  const query = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 1 };
  const { Messages = [] } = await sqs<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
    cloud,
    'ReceiveMessage',
    query,
  );
  const found = Messages.find(({ Body }) => isWanted(Body));
  if (found === undefined) return undefined;
  await sqs(cloud, 'DeleteMessage', { QueueUrl, ReceiptHandle: found.ReceiptHandle });
  return found.Body;
};
