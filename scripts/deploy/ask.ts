/** One HTTP call, as the smoke test and the emulated drive make it. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

type Asked = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The address of this machine that asks. */
  readonly from?: string;
  /** A text goes out as it is, anything else as JSON. */
  readonly body?: unknown;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
};

export type Ask = (url: string, asked?: Asked) => Promise<Answer>;

/** Asks within `timeoutMs`; follows nothing and tries once. Plain node:http, because `fetch` may not say whose Host it means. */
export const makeAsk =
  (timeoutMs: number): Ask =>
  (url, { method = 'GET', headers = {}, from, body } = {}) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const call = (url.startsWith('https:') ? requestHttps : requestHttp)(
        url,
        {
          method,
          headers: {
            ...(payload === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
            ...headers,
          },
          ...(from === undefined ? {} : { localAddress: from }),
          signal: AbortSignal.timeout(timeoutMs),
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: Object.fromEntries(
                Object.entries(response.headers).map(([name, value]) => [name, value?.toString()]),
              ),
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      call.once('error', reject);
      call.end(payload);
    });

/** The JSON of an answer that must have one of these statuses; throws with what came instead. */
export const jsonOf = <T>(what: string, answer: Answer, ...statuses: readonly number[]): T => {
  if (!statuses.includes(answer.status))
    throw new Error(`${what} answered ${answer.status}: ${answer.text.slice(0, 400)}`);
  return JSON.parse(answer.text) as T;
};
