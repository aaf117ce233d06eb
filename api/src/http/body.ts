import { limits } from '@penstock/domain/limits';
import type * as z from 'zod';
import type { ApiCall } from '#http/api-call';
import { ProblemError, parseOr } from '#http/problem-error';

/** The JSON body of a call, unchecked. Refuses what is too long, not declared as JSON, or no JSON. */
export const readJson = (call: ApiCall): unknown => {
  if (Buffer.byteLength(call.bodyText) > limits.bodyBytesMax) throw new ProblemError('body-too-large');
  if (!isJson(call)) throw new ProblemError('media-type-unsupported');
  try {
    return JSON.parse(call.bodyText);
  } catch {
    throw new ProblemError('malformed-json', { detail: 'The body is not JSON. Send one JSON object.' });
  }
};

/** The JSON body of a call as a schema takes it; 422 with every fault. */
export const readBody = <S extends z.ZodType>(call: ApiCall, schema: S): z.infer<S> =>
  parseOr(schema, readJson(call), 'validation-failed');

export const isJson = (call: ApiCall): boolean =>
  /^application\/(json|[\w.+-]+\+json)\b/i.test(call.headers['content-type'] ?? '');
