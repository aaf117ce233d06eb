import type { Addresses } from '#cloud';

export type Answer<T = never> = {
  readonly status: number;
  readonly headers: Headers;
  // The suites look at bodies of many shapes: each names the shape that it expects.
  readonly body: [T] extends [never] ? Record<string, unknown> : T;
};

export type CallOptions = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: string;
};

/** One HTTP call with a JSON body and answer. */
export const call = async <T = never>(method: string, url: string, options: CallOptions = {}): Promise<Answer<T>> => {
  const payload = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await fetch(url, {
    method,
    headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  const body = text === '' ? {} : parse(text);
  return { status: response.status, headers: response.headers, body: body as Answer<T>['body'] };
};

/** A call of the control address. */
export const control = <T = never>(
  cloud: Addresses,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> =>
  call<T>(method, `${cloud.controlUrl}${path}`, {
    headers: { 'x-penstock-control': '1' },
    ...(body === undefined ? {} : { body }),
  });

/** A write of staff. */
export const staff = <T = never>(
  cloud: Addresses,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
) =>
  call<T>(method, `${cloud.adminApiUrl}${path}`, {
    headers: { 'x-staff-name': 'Sam', ...headers },
    ...(body === undefined ? {} : { body }),
  });

/** Waits until queues and stream readers are empty. */
export const drained = async (cloud: Addresses, timeoutMs = 30_000): Promise<void> => {
  const answer = await control(cloud, 'GET', `/drained?timeoutMs=${timeoutMs}`);
  if (answer.status !== 200) throw new Error(`Not drained: ${JSON.stringify(answer.body)}`);
};

/** The rows of an export, as stored. */
export const exported = async <T>(
  cloud: Addresses,
  what: 'orders' | 'baskets' | 'products' | 'stock-edits',
): Promise<readonly T[]> => {
  const response = await fetch(`${cloud.controlUrl}/export/${what}`, { headers: { 'x-penstock-control': '1' } });
  const text = await response.text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
};
