import { Agent, request } from 'node:http';

export type PlainCall = {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
};

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/**
 * One HTTP call without fetch, which keeps to the rules of browsers and so refuses the port of the database engine (see
 * hidden-address.ts). Rejects when nobody answers.
 */
export const plainCall = (
  url: string,
  { method, headers = {}, body, signal }: PlainCall,
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method, agent, signal, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
