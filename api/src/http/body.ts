import { limits } from '@penstock/domain/limits';
import type * as z from 'zod';
import type { ApiCall } from '#http/api-call';
import { ProblemError, parseOr } from '#http/problem-error';

/** The JSON body of a call, unchecked. Refuses what is too long, not declared as JSON, or no JSON. */
export const readJson = (call: ApiCall): unknown => {
  if (Buffer.byteLength(call.bodyText) > limits.bodyBytesMax) throw new ProblemError('body-too-large');
  if (!isJson(call)) throw new ProblemError('media-type-unsupported');
  const body = parseJson(call.bodyText);
  if (holdsHalves(call.bodyText))
    throw new ProblemError('malformed-json', { detail: 'A text holds half of a character. Send whole characters.' });
  return body;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('malformed-json', { detail: 'The body is not JSON. Send one JSON object.' });
  }
};

/** Half a character (a lone surrogate), as JSON can escape it: no table takes it, so no queue may. */
const half = /\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f]/i;

/** Looks at the text, not at the value: that may be nested deeper than a stack is. An escaped backslash escapes nothing. */
const holdsHalves = (jsonText: string): boolean => half.test(jsonText.replaceAll('\\\\', ' '));

/** The JSON body of a call as a schema takes it; 422 with every fault. */
export const readBody = <S extends z.ZodType>(call: ApiCall, schema: S): z.infer<S> =>
  parseOr(schema, readJson(call), 'validation-failed');

export const isJson = (call: ApiCall): boolean =>
  /^application\/(json|[\w.+-]+\+json)\b/i.test(call.headers['content-type'] ?? '');
