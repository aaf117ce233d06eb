import { tableFault } from '@penstock/platform/table-fault';

const sdk = (name: string): Error => Object.assign(new Error('from a part'), { name });
const answered = (name: string, httpStatusCode: number, $fault: 'client' | 'server') =>
  Object.assign(sdk(name), { $metadata: { httpStatusCode }, $fault });
const unreached = (code: string) => Object.assign(new Error(`connect ${code} 127.0.0.1:8000`), { code });

/** What a part throws while it is away, slow, busy, broken, or refuses: each as the SDK or Node says it. */
export const faultsOfAPart: readonly (readonly [what: string, error: Error])[] = [
  ['nobody listens', unreached('ECONNREFUSED')],
  ['the line is cut', unreached('ECONNRESET')],
  ['the pipe is broken', unreached('EPIPE')],
  ['the host is unknown', unreached('ENOTFOUND')],
  ['the name server is busy', unreached('EAI_AGAIN')],
  ['the answer is no HTTP', unreached('HPE_INVALID_CONSTANT')],
  ['the answer ends early', unreached('ERR_STREAM_PREMATURE_CLOSE')],
  ['no answer comes in time', sdk('TimeoutError')],
  ['the call is aborted', sdk('AbortError')],
  ['half an answer comes', Object.assign(sdk('SyntaxError'), { $metadata: { attempts: 3 } })],
  ['a 500 by name', answered('InternalServerError', 500, 'server')],
  ['a 500 of S3', answered('InternalError', 500, 'server')],
  ['a bare 503', answered('Unknown', 503, 'client')],
  ['a 429', answered('TooManyRequestsException', 429, 'client')],
  ['throttled', answered('ProvisionedThroughputExceededException', 400, 'client')],
  ['throttled by the account', answered('ThrottlingException', 400, 'client')],
  ['slowed down', answered('SlowDown', 503, 'server')],
  ['an overlap', answered('TransactionConflictException', 400, 'client')],
  ['no grant', answered('AccessDeniedException', 400, 'client')],
  ['no grant of S3', answered('AccessDenied', 403, 'client')],
  ['no table', answered('ResourceNotFoundException', 400, 'client')],
  ['no bucket', answered('NoSuchBucket', 404, 'client')],
  ['no parameter', answered('ParameterNotFound', 400, 'client')],
  ['an expired key', answered('ExpiredTokenException', 400, 'client')],
];

/** A collaborator of which every call fails with this. */
export const failing = <T extends object>(error: unknown): T =>
  new Proxy({} as T, { get: () => async () => Promise.reject(error) });

/** A store whose faults come back as values. */
export const failingRead = (error: unknown) => ({ read: async () => tableFault(error) });
