import { limits } from '@penstock/domain/limits';
import type * as z from 'zod';
import type { ApiCall } from '#http/api-call';
import { ProblemError, parseOr } from '#http/problem-error';
import { repeatedKey } from '#http/repeated-key';

/** The JSON body of a call, unchecked. Refuses what is packed, too long, not declared as JSON, not UTF-8, or no JSON. */
export const readJson = (call: ApiCall): unknown => {
  if (Buffer.byteLength(call.bodyText) > limits.bodyBytesMax) throw new ProblemError('body-too-large');
  refusePacked(call);
  if (!isJson(call)) throw new ProblemError('media-type-unsupported');
  refuseOtherCharset(call);
  if (call.isBodyBroken) throw malformed('The body is not UTF-8. Send JSON in UTF-8.');
  if (call.bodyText.trim() === '') throw malformed('The body is empty. Send one JSON object.');
  const body = parseJson(call.bodyText);
  if (holdsHalves(call.bodyText)) throw malformed('A text holds half of a character. Send whole characters.');
  const twice = repeatedKey(call.bodyText);
  if (twice !== undefined) throw malformed(`The member ${twice} stands twice in one object. Send it once.`);
  return body;
};

const malformed = (detail: string): ProblemError => new ProblemError('malformed-json', { detail });

/** No door unpacks: a few packed bytes could be any number (RFC 9110, section 15.5.16 on the header of the answer). */
const refusePacked = ({ headers }: ApiCall): void => {
  const coding = (headers['content-encoding'] ?? '').trim();
  if (coding === '' || coding.toLowerCase() === 'identity') return;
  throw new ProblemError('media-type-unsupported', {
    detail: `The body comes with Content-Encoding ${coding.slice(0, 40)}. Send it as it is, without one.`,
    headers: { 'accept-encoding': 'identity' },
  });
};

/** JSON between systems is UTF-8 (RFC 8259, section 8.1); US-ASCII is a part of it. */
const refuseOtherCharset = ({ headers }: ApiCall): void => {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)"?/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset)) return;
  throw new ProblemError('media-type-unsupported', {
    detail: `The body is declared as ${charset.slice(0, 40)}. Send JSON in UTF-8.`,
  });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not JSON. Send one JSON object.');
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
  /^\s*application\/(json|[\w.+-]+\+json)\s*(;|$)/i.test(call.headers['content-type'] ?? '');
