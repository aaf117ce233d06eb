import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@penstock/domain/clock';
import { makeFaults } from '#fault-wishes';
import { addCorsHeaders, addPreflightHeaders, isPreflightAllowed } from '#objects/cors';
import type { ObjectEngine } from '#objects/engine';
import { readUploadForm } from '#objects/multipart-form';
import { objectFaultsSchema } from '#objects/object-faults';
import { checkPostPolicy } from '#objects/post-policy';
import { bucketResource, isStorableKey, isUploadForm, neededGrants, objectResource, targetOf } from '#objects/s3-calls';
import { accessDenied, escapeXml, type S3Refusal, s3ErrorXml } from '#objects/s3-refusal';
import type { EngineReply, EngineRequest } from '#queue/engine-app';
import { type Authorise, callerOf } from '#queue/gate';
import { addControl, isControlCall } from '#queue/gate-control';
import { makeFaultChance } from '#queue/seeded-random';
import { isThisMachine } from '#this-machine';

export type ObjectGateDeps = {
  readonly engine: ObjectEngine;
  readonly authorise: Authorise;
  /** The secret of an access key, for upload policies. On this machine all are the same word. */
  readonly secretOf: (accessKeyId: string) => string;
  /** Origins of pages that may upload and read across origins. */
  readonly allowedOrigins: readonly string[];
  /** What anybody may GET, as `bucket/prefix`. */
  readonly publicPrefixes: readonly string[];
  readonly clock: Clock;
};

/**
 * The gate in front of the object engine, in its process. It enforces what fauxqs waves through: grants, the signed
 * upload policy, CORS, public prefixes, and If-None-Match on writes. Add it before the engine listens. Deliberately
 * missing: URLs signed in their query. Nothing of ours makes them, so a call that carries one is refused.
 */
export const addObjectGate = (deps: ObjectGateDeps): void => {
  const { app, store } = deps.engine;
  const faults = makeFaults(objectFaultsSchema);
  const random = makeFaultChance(faults);
  const fails = () => faults.current.errorShare > 0 && random() < faults.current.errorShare;
  const meters = { requests: 0, refused: 0, failed: 0 };
  addControl(app, { meters: () => meters, setFaults: faults.set, clearFaults: faults.clear });

  const refuse = (request: EngineRequest, reply: EngineReply, refusal: S3Refusal): EngineReply => {
    meters.refused += 1;
    return answer(request, reply, refusal);
  };

  app.addHook('onRequest', async (request, reply) => {
    if (isControlCall(request)) return undefined;
    meters.requests += 1;
    reply.header('x-content-type-options', 'nosniff');
    if (!isThisMachine(request.headers.host))
      return refuse(request, reply, accessDenied('The host is not this machine.'));
    addCorsHeaders(request, reply, deps.allowedOrigins);
    if (request.method === 'OPTIONS') return answerPreflight(request, reply);
    if (faults.current.latencyMs > 0) await sleep(faults.current.latencyMs);
    if (!fails()) return undefined;
    meters.failed += 1;
    return answer(request, reply, { status: 500, code: 'InternalError', message: 'Injected fault: nothing was done.' });
  });

  app.addHook('preValidation', async (request, reply) => {
    if (isControlCall(request)) return undefined;
    if (isUploadForm(request)) return takeUpload(request, reply);
    const refusal = refuseCall(request, deps) ?? refuseOverwrite(request);
    return refusal && refuse(request, reply, refusal);
  });

  // S3 tells only those who may list a bucket that a key is absent.
  app.addHook('onSend', async (request, reply, payload) => {
    const { bucket, key } = targetOf(request);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isControlCall(request) || reply.statusCode !== 404 || !isRead || key === '') return payload;
    const caller = callerOf(request.headers.authorization);
    const list = { action: 's3:ListBucket', resource: bucketResource(bucket) };
    if (caller !== undefined && deps.authorise({ caller, ...list })) return payload;
    reply.code(403);
    return request.method === 'HEAD' ? payload : s3ErrorXml(accessDenied(), request.url);
  });

  app.setErrorHandler(async (error, request, reply) => {
    if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE')
      return answer(request, reply, { status: 500, code: 'InternalError', message: error.message });
    // A client that is still sending reads no answer: what it has is taken and let go, up to a bound.
    await drain(request.raw, { bytesMax: 100 * 1024 * 1024, maxMs: 20_000 });
    return refuse(request, reply, entityTooLarge);
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, methodNotAllowed));

  const answerPreflight = (request: EngineRequest, reply: EngineReply): EngineReply => {
    if (!isPreflightAllowed(request, deps.allowedOrigins)) return refuse(request, reply, accessForbidden);
    addPreflightHeaders(request, reply);
    return reply.code(200).send('');
  };

  const takeUpload = (request: EngineRequest, reply: EngineReply): EngineReply => {
    const { bucket } = targetOf(request);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const form = readUploadForm(request.headers['content-type'] ?? '', body);
    if (form === undefined) return refuse(request, reply, malformedForm);
    const { secretOf } = deps;
    const upload = checkPostPolicy(form, { bucket, secretOf, nowMs: deps.clock.now() });
    if (!upload.ok) return refuse(request, reply, upload.refusal);
    const { caller, key } = upload;
    if (!isStorableKey(key)) return refuse(request, reply, unstorableKey);
    const resource = objectResource(bucket, key);
    if (!deps.authorise({ caller, action: 's3:PutObject', resource }))
      return refuse(request, reply, accessDenied(`${caller} is not granted s3:PutObject on ${resource}.`));
    if (!store.hasBucket(bucket)) return refuse(request, reply, noSuchBucket);
    // Stored here and not by the engine, whose own reading of the form could differ from the one just checked.
    const { etag } = store.putObject(bucket, key, upload.body, upload.contentType, {}, {});
    const location = `http://${request.headers.host}/${bucket}/${encodeURI(key)}`;
    reply.code(upload.successStatus).header('etag', etag).header('location', location);
    if (upload.successStatus !== 201) return reply.send('');
    return reply.type('application/xml').send(postResponseXml({ location, bucket, key, etag }));
  };

  const refuseOverwrite = (request: EngineRequest): S3Refusal | undefined => {
    if (request.method !== 'PUT' || request.headers['if-none-match'] !== '*') return undefined;
    const { bucket, key } = targetOf(request);
    return hasObject(deps.engine, bucket, key) ? preconditionFailed : undefined;
  };
};

const refuseCall = (request: EngineRequest, deps: ObjectGateDeps): S3Refusal | undefined => {
  const { bucket, key } = targetOf(request);
  if (key !== '' && !isStorableKey(key)) return unstorableKey;
  if ('X-Amz-Signature' in request.query) return accessDenied('URLs signed in their query are not offered here.');
  const caller = callerOf(request.headers.authorization);
  if (caller === undefined) {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isPublic = key !== '' && deps.publicPrefixes.some((prefix) => `${bucket}/${key}`.startsWith(prefix));
    return isRead && isPublic ? undefined : accessDenied();
  }
  const missing = neededGrants(request).find((grant) => !deps.authorise({ caller, ...grant }));
  return missing && accessDenied(`${caller} is not authorized to perform ${missing.action} on ${missing.resource}.`);
};

const drain = (body: Readable, { bytesMax, maxMs }: { bytesMax: number; maxMs: number }): Promise<void> =>
  new Promise((resolve) => {
    let bytes = 0;
    const timer = setTimeout(resolve, maxMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    if (body.readableEnded || body.destroyed) return end();
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) end();
    });
    body.once('end', end);
    body.once('close', end);
    body.resume();
  });

const entityTooLarge = {
  status: 400,
  code: 'EntityTooLarge',
  message: 'Your proposed upload exceeds the maximum allowed size.',
};
const methodNotAllowed = {
  status: 405,
  code: 'MethodNotAllowed',
  message: 'The specified method is not allowed against this resource.',
};
const accessForbidden = {
  status: 403,
  code: 'AccessForbidden',
  message: 'CORSResponse: This CORS request is not allowed.',
};
const malformedForm = {
  status: 400,
  code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
};
const unstorableKey = {
  status: 400,
  code: 'InvalidArgument',
  message: 'A key has at most 1,024 bytes and no empty, . or .. steps.',
};
const noSuchBucket = { status: 404, code: 'NoSuchBucket', message: 'The specified bucket does not exist' };
const preconditionFailed = {
  status: 412,
  code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
};

const answer = (request: EngineRequest, reply: EngineReply, refusal: S3Refusal): EngineReply => {
  reply.code(refusal.status).type('application/xml');
  return reply.send(request.method === 'HEAD' ? '' : s3ErrorXml(refusal, request.url));
};

const postResponseXml = (stored: Readonly<Record<'location' | 'bucket' | 'key' | 'etag', string>>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${escapeXml(stored.location)}</Location><Bucket>${stored.bucket}</Bucket><Key>${escapeXml(stored.key)}</Key><ETag>${escapeXml(stored.etag)}</ETag></PostResponse>`;

const hasObject = ({ store }: ObjectEngine, bucket: string, key: string): boolean => {
  try {
    return store.headObject(bucket, key) !== undefined;
  } catch {
    // No such key, or no such bucket: the write itself says which.
    return false;
  }
};
