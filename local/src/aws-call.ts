import { plainCall } from '#plain-call';

/**
 * AWS's JSON protocol, plainly: what the runtime itself asks of the gates. It signs as the function that it serves, as
 * Lambda's pollers act with the function's role, or as operator. Gates know the caller by the key's name.
 */
export type AwsCall = <T>(target: string, body: object, signal?: AbortSignal) => Promise<T>;

/** A call was refused; `type` is the exception's short name. */
export class AwsCallRefused extends Error {
  readonly code = 'aws-call-refused';
  readonly type: string;
  constructor(target: string, type: string, detail: string) {
    super(`${target}: ${type}: ${detail}`);
    this.name = 'AwsCallRefused';
    this.type = type;
  }
}

/** Calls one endpoint in one name. Throws AwsCallRefused, or what the socket says when nobody listens. */
export const makeAwsCall =
  (endpoint: string, caller: string): AwsCall =>
  async <T>(target: string, body: object, signal?: AbortSignal): Promise<T> => {
    const { status, text } = await plainCall(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        'x-amz-date': '20260101T000000Z',
        authorization: authorizationOf(caller),
      },
      body: JSON.stringify(body),
      signal,
    });
    if (status >= 200 && status < 300) return (text === '' ? {} : JSON.parse(text)) as T;
    throw refusalOf(target, text, status);
  };

/** The header of a signed call. Nothing on this machine checks the signature; the key's name says who calls. */
export const authorizationOf = (caller: string): string =>
  `AWS4-HMAC-SHA256 Credential=${caller}/20260101/local/any/aws4_request, SignedHeaders=host, Signature=00`;

/** The name of the key that a call is signed with. */
export const callerOf = (authorization: string | undefined): string =>
  /\bCredential=([^/,\s]+)\//.exec(authorization ?? '')?.[1] ?? 'nobody';

const refusalOf = (target: string, text: string, status: number): AwsCallRefused => {
  try {
    const {
      __type = '',
      message,
      Message,
    } = JSON.parse(text) as { __type?: string; message?: string; Message?: string };
    return new AwsCallRefused(target, __type.split('#').at(-1) ?? __type, message ?? Message ?? `status ${status}`);
  } catch {
    return new AwsCallRefused(target, `Status${status}`, text.slice(0, 200));
  }
};
