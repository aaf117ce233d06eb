/**
 * One function instance: a worker thread with its own environment and module graph that loads one bundle and handles one
 * event at a time, as a Lambda sandbox does.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import {
  functionErrorOf,
  type HurryMessage,
  type InstanceData,
  type InstanceMessage,
  type InvokeMessage,
} from '#functions/protocol';

const { bundle, functionName, memoryMb } = workerData as InstanceData;
const post = (message: InstanceMessage): void => parentPort?.postMessage(message);

/** Once the cloud is ending, of all events. */
let endsAtMs = Number.POSITIVE_INFINITY;

type Handler = (event: unknown, context: object) => Promise<unknown>;

const contextOf = (message: InvokeMessage): object => ({
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
  memoryLimitInMB: String(memoryMb),
  awsRequestId: message.requestId,
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => Math.max(0, Math.min(message.deadlineMs, endsAtMs) - Date.now()),
});

try {
  const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: Handler };
  parentPort?.on('message', (message: InvokeMessage | HurryMessage) => {
    if (message.kind === 'hurry') {
      endsAtMs = message.deadlineMs;
      return;
    }
    // Through JSON both ways: a handler gets and gives what AWS could carry, nothing else.
    Promise.resolve()
      .then(() => handler(message.event, contextOf(message)))
      .then(
        (value) =>
          post({
            kind: 'result',
            id: message.id,
            value: value === undefined ? null : JSON.parse(JSON.stringify(value)),
          }),
        (error: unknown) => {
          console.error(error);
          post({ kind: 'error', id: message.id, error: functionErrorOf(error) });
        },
      );
  });
  post({ kind: 'ready' });
} catch (error) {
  console.error(error);
  post({ kind: 'broken', error: functionErrorOf(error) });
}
