import { Agent, request } from 'node:http';
import type { Outcome } from '#functions/instance';

/** Keep-alive to the parts: a new connection for each event would cost more than the event. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export type InnerAnswer = { readonly status: number; readonly body: unknown };

/** One call of a part's inner door or of a gate's control. Rejects when nobody listens. */
export const innerCall = (
  method: string,
  port: number,
  path: string,
  body?: unknown,
  timeoutMs = 60_000,
): Promise<InnerAnswer> =>
  new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const sent = request(
      {
        method,
        port,
        path,
        host: '127.0.0.1',
        agent,
        timeout: timeoutMs,
        headers: {
          'x-penstock-control': '1',
          ...(payload === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          try {
            resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) });
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`No answer from port ${port} within ${timeoutMs} ms.`)));
    sent.on('error', reject);
    sent.end(payload);
  });

/** Runs a function in the part that hosts it. A part that is away is an outcome too: the gateway answers 502. */
export const invokeThrough =
  (port: number) =>
  async (functionName: string, event: unknown): Promise<Outcome> => {
    try {
      return (await innerCall('POST', port, `/invoke/${encodeURIComponent(functionName)}`, event)).body as Outcome;
    } catch (error) {
      return {
        ok: false,
        error: { errorType: 'PartAway', errorMessage: error instanceof Error ? error.message : String(error) },
      };
    }
  };
