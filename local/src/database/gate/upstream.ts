import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { type Json, parseObject } from '#database/gate/json';

type UpstreamReply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** The engine could not answer. `wasSent` false: it certainly did nothing. Transient. */
export class UpstreamFailed extends Error {
  readonly code = 'upstream-failed';
  readonly wasSent: boolean;
  constructor(message: string, wasSent: boolean, cause: unknown) {
    super(message, { cause });
    this.name = 'UpstreamFailed';
    this.wasSent = wasSent;
  }
}

/** The engine refused a call that the gate made itself. */
export class UpstreamRefused extends Error {
  readonly code = 'upstream-refused';
  /** The exception's short name, such as ResourceNotFoundException. */
  readonly type: string;
  constructor(type: string, message: string) {
    super(`${type}: ${message}`);
    this.name = 'UpstreamRefused';
    this.type = type;
  }
}

export type Upstream = {
  readonly send: (target: string, body: string | Buffer) => Promise<UpstreamReply>;
  /** A call in the gate's own name, such as DescribeTable; throws UpstreamRefused when it is refused. */
  readonly call: (operation: string, body: Json) => Promise<Json>;
  readonly close: () => void;
};

const answerMaxMs = 30_000;
/** One name for all callers: DynamoDB Local keeps one database a key and takes letters and digits alone. */
const authorization =
  'AWS4-HMAC-SHA256 Credential=penstock/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=00';

/** The engine behind the gate, over plain HTTP with sockets that are kept open. */
export const makeUpstream = (url: string): Upstream => {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const send: Upstream['send'] = (target, body) =>
    new Promise((resolve, reject) => {
      let wasConnected = false;
      const fail = (error: unknown) =>
        reject(new UpstreamFailed(`The engine at ${url} did not answer.`, wasConnected, error));
      const sent = request({
        agent,
        hostname,
        port,
        method: 'POST',
        path: '/',
        timeout: answerMaxMs,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': target,
          'x-amz-date': '20260101T000000Z',
          authorization,
        },
      });
      sent.on('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => (wasConnected = true));
        else wasConnected = true;
      });
      sent.on('timeout', () => sent.destroy(new Error(`No answer within ${answerMaxMs} ms.`)));
      sent.on('error', fail);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.end(body);
    });
  return {
    send,
    call: async (operation, body) => {
      const reply = await send(`DynamoDB_20120810.${operation}`, JSON.stringify(body));
      const json = parseObject(reply.body.toString('utf8')) ?? {};
      if (reply.status === 200) return json;
      throw new UpstreamRefused(typeOf(json), String(json.message ?? json.Message ?? `status ${reply.status}`));
    },
    close: () => agent.destroy(),
  };
};

/** The short name of the exception that a reply is. */
export const typeOf = (body: Json): string =>
  String(body.__type ?? '')
    .split('#')
    .at(-1) ?? '';
