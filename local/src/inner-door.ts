import { Agent, request } from 'node:http';
import type { Outcome } from '#functions/instance';

/** Keep-alive to the parts: a new connection for each event would cost more than the event. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** API Gateway gives a function 29 to 30 s; its own time-out is shorter, so this one is for a part that hangs. */
const answerMaxMs = 29_000;

/** Nobody answered in time; what was asked for may be done all the same. */
class NoAnswerInTime extends Error {
  readonly code = 'no-answer-in-time';
  constructor(port: number, maxMs: number) {
    super(`No answer from port ${port} within ${maxMs} ms.`);
    this.name = 'NoAnswerInTime';
  }
}

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
    sent.on('timeout', () => sent.destroy(new NoAnswerInTime(port, timeoutMs)));
    sent.on('error', reject);
    sent.end(payload);
  });

/** Runs a function in the part that hosts it. A part that is away is an outcome too (502), and so is one that hangs (504). */
export const invokeThrough =
  (port: number, maxMs = answerMaxMs) =>
  async (functionName: string, event: unknown): Promise<Outcome> => {
    try {
      return (await innerCall('POST', port, `/invoke/${encodeURIComponent(functionName)}`, event, maxMs))
        .body as Outcome;
    } catch (error) {
      return {
        ok: false,
        error: {
          errorType: error instanceof NoAnswerInTime ? 'Sandbox.Timedout' : 'PartAway',
          errorMessage: error instanceof Error ? error.message : String(error),
        },
      };
    }
  };
