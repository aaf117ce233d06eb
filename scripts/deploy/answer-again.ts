/**
 * A door before the emulator for Terraform alone: it passes every call on, and answers a repeated call of the SDK with the answer
 * of the first one. Now and then the provider loses an answer of MiniStack 1.5.33 half-way ("use of closed network connection")
 * and repeats a call that was done; a create then conflicts with itself, for ever in the worst case. AWS's SDKs name a call and its
 * repeats by one `amz-sdk-invocation-id`.
 */
import { createServer, type IncomingHttpHeaders, request as requestHttp } from 'node:http';

export type Door = {
  readonly url: string;
  /** How many calls were answered again. */
  readonly repeated: () => number;
  readonly close: () => void;
};

type Kept = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** Opens the door on a free port of 127.0.0.1. */
export const answerAgain = (target: string): Promise<Door> => {
  const kept = new Map<string, Promise<Kept>>();
  let repeated = 0;
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', () => {
      const id = incoming.headers['amz-sdk-invocation-id']?.toString();
      const before = id === undefined ? undefined : kept.get(id);
      if (before !== undefined) repeated += 1;
      const answer = before ?? pass(target, incoming, Buffer.concat(chunks));
      if (id !== undefined) kept.set(id, answer);
      answer.then(
        ({ status, headers, body }) => {
          // A fault of the server is worth another try: it is not kept.
          if (status >= 500 && id !== undefined) kept.delete(id);
          outgoing
            .writeHead(status, { ...headers, 'content-length': headers['content-length'] ?? body.length })
            .end(body);
        },
        () => {
          if (id !== undefined) kept.delete(id);
          outgoing.destroy();
        },
      );
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address !== 'object' || address === null) return reject(new Error('No free port was found.'));
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        repeated: () => repeated,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
};

/** One call, to its end. The Host stays what the caller signed. */
const pass = (
  target: string,
  incoming: {
    readonly method?: string | undefined;
    readonly url?: string | undefined;
    readonly headers: IncomingHttpHeaders;
  },
  body: Buffer,
): Promise<Kept> =>
  new Promise((resolve, reject) => {
    const { connection: _hop, 'transfer-encoding': _coding, expect: _expect, ...headers } = incoming.headers;
    const call = requestHttp(
      `${target}${incoming.url ?? '/'}`,
      { method: incoming.method, headers: { ...headers, 'content-length': body.length }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const { connection: _, 'transfer-encoding': __, ...kept } = response.headers;
          resolve({ status: response.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) });
        });
      },
    );
    call.once('error', reject);
    call.end(body);
  });
