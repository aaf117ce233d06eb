import type { QueueEngine } from '#queue/engine';
import type { EngineReply, EngineRequest } from '#queue/engine-app';
import { makeFaultInjection, type QueueFaultControl } from '#queue/fault-injection';
import { addControl, isControlCall } from '#queue/gate-control';
import { type QueueMeters, readMeters, topologyNameOf } from '#queue/meters';
import { contentTypeOfSqs, readSqsCall, type SqsCall, type SqsEntry, sentEntries, sqsError } from '#queue/sqs-call';
import { isThisMachine } from '#this-machine';

/** One call in the words of IAM and of the topology: `sqs:SendMessage` on `queue/baskets`. */
export type AuthorisedCall = { readonly caller: string; readonly action: string; readonly resource: string };
export type Authorise = (call: AuthorisedCall) => boolean;

export type QueueGateDeps = {
  readonly engine: QueueEngine;
  readonly faults: QueueFaultControl;
  readonly authorise: Authorise;
};

export type QueueGate = { readonly meters: () => Readonly<Record<string, QueueMeters>> };

/**
 * The gate in front of the queue engine, in its process: hooks cost no second hop. It checks every call against the
 * grants, answers control calls, and makes faults on request. Add it before the engine listens.
 */
export const addQueueGate = ({ engine, faults, authorise }: QueueGateDeps): QueueGate => {
  const { app, store } = engine;
  const meters = () => readMeters(store, Date.now());
  const injection = makeFaultInjection(faults);
  const failedEntries = new WeakMap<EngineRequest, readonly SqsEntry[]>();
  const lostReplies = new WeakSet<EngineRequest>();

  addControl(app, { meters, setFaults: faults.set, clearFaults: faults.clear });

  app.addHook('onRequest', async (request, reply) => {
    const refusal = isControlCall(request) ? undefined : refuseTransport(request);
    return refusal && answerError(reply, refusal);
  });

  // After the body is read and before the engine's own door, which must be the last thing before the send.
  app.addHook('preValidation', async (request, reply) => {
    if (isControlCall(request)) return undefined;
    const call = readSqsCall(request);
    if (call === undefined) return answerError(reply, { ...invalidCall, status: 400 });
    const refusal = refuseCaller(authorise, request, call);
    return refusal === undefined ? injectFaults(request, reply, call) : answerError(reply, refusal);
  });

  app.addHook('preSerialization', async (request, _reply, payload) => {
    const failed = failedEntries.get(request);
    return failed === undefined ? payload : addFailed(payload, failed);
  });

  app.addHook('onSend', async (request, _reply, payload) => {
    if (lostReplies.has(request)) request.raw.socket.destroy();
    return payload;
  });

  const injectFaults = (request: EngineRequest, reply: EngineReply, call: SqsCall): EngineReply | undefined => {
    const queue = store.mended(call.body.QueueUrl ?? '');
    if (queue === undefined) return undefined;
    if (call.action === 'ReceiveMessage' && !queue.isFifo()) injection.reorder(queue);
    if (call.action.startsWith('DeleteMessage')) request.body = injection.swallowDeletes(queue, call);
    if (!call.action.startsWith('SendMessage')) return undefined;
    if (injection.losesReply()) lostReplies.add(request);
    return failSends(request, reply, call);
  };

  const failSends = (request: EngineRequest, reply: EngineReply, call: SqsCall): EngineReply | undefined => {
    const entries = sentEntries(call);
    const failed = injection.failedOf(entries);
    if (failed.length === 0) return undefined;
    if (call.action === 'SendMessage') return answerError(reply, unavailable);
    const kept = entries.filter((entry) => !failed.includes(entry));
    if (kept.length === 0) return reply.type(contentTypeOfSqs).send(addFailed({ Successful: [] }, failed));
    failedEntries.set(request, failed);
    request.body = { ...call.body, Entries: kept };
    return undefined;
  };

  return { meters };
};

type Refused = { readonly status: number; readonly code: string; readonly message: string };

const invalidCall = { code: 'InvalidAction', message: 'Only calls of SQS in its JSON protocol are answered here.' };
const unavailable = { status: 503, code: 'ServiceUnavailable', message: 'Injected fault: the message was not stored.' };

const refuseTransport = ({ method, url, headers }: EngineRequest): Refused | undefined => {
  const refuse = (message: string) => ({ status: 403, code: 'AccessDeniedException', message });
  if (!isThisMachine(headers.host)) return refuse('The host is not this machine.');
  if (headers.origin !== undefined) return refuse('Queues take no calls from web pages.');
  const isCall = method === 'POST' && url === '/' && headers['content-type']?.startsWith(contentTypeOfSqs) === true;
  return isCall ? undefined : { ...invalidCall, status: 404 };
};

const refuseCaller = (authorise: Authorise, request: EngineRequest, { action, body }: SqsCall): Refused | undefined => {
  const caller = callerOf(request.headers.authorization);
  if (caller === undefined)
    return { status: 403, code: 'MissingAuthenticationToken', message: 'The call is not signed.' };
  const name = body.QueueUrl?.split('/').at(-1) ?? body.QueueName;
  const call = {
    caller,
    // A batch is the same action in IAM.
    action: `sqs:${action.replace(/Batch$/, '')}`,
    resource: name === undefined ? 'queue/*' : `queue/${topologyNameOf(name)}`,
  };
  if (authorise(call)) return undefined;
  const message = `${caller} is not authorized to perform ${call.action} on ${call.resource}: the topology grants it no such thing.`;
  return { status: 403, code: 'AccessDeniedException', message };
};

/** The name of the signing key: each function signs with its own name, tools as operator. */
export const callerOf = (authorization: string | undefined): string | undefined =>
  /\bCredential=([^/,\s]+)\//.exec(authorization ?? '')?.[1];

const answerError = (reply: EngineReply, { status, code, message }: Refused): EngineReply =>
  reply.code(status).type(contentTypeOfSqs).send(sqsError(code, message));

const addFailed = (payload: unknown, failed: readonly SqsEntry[]): unknown => {
  const result = payload as { readonly Failed?: readonly unknown[] };
  const { code: Code, message: Message } = unavailable;
  const added = failed.map(({ Id }) => ({ Id, Code, Message, SenderFault: false }));
  return { ...result, Failed: [...(result.Failed ?? []), ...added] };
};
