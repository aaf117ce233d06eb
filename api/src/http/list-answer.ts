import { type ListQuery, readListQuery } from '#core/list-query';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { fieldProblem, ProblemError } from '#http/problem-error';

/** The list that react-admin asks for; 400 with the parameter that cannot be read. */
export const listQueryOf = (call: ApiCall): ListQuery => {
  const result = readListQuery(call.query);
  if (result.ok) return result.query;
  throw fieldProblem(
    `/${result.parameter}`,
    result.message,
    `Correct the parameter ${result.parameter}.`,
    'parameter-invalid',
  );
};

/** Bytes of one answer: a function may give 6 MB, its envelope included. */
const answerBytesMax = 5_000_000;

/** The page of records that were all read, such as those of named ids. */
export const pageOf = (resource: string, records: readonly object[], query: ListQuery): ApiAnswer =>
  listAnswer(resource, records.slice(query.range[0], query.range[1] + 1), query, records.length);

/** A list with both of react-admin's counts. `capped`: there are more than the total says. */
export const listAnswer = (
  resource: string,
  records: readonly object[],
  query: ListQuery,
  total: number,
  capped = false,
): ApiAnswer => {
  const bytes = Buffer.byteLength(JSON.stringify(records));
  if (bytes > answerBytesMax)
    throw fieldProblem(
      '/range',
      `These ${records.length} records are ${Math.ceil(bytes / 1_000_000)} MB, more than one answer holds.`,
      `Ask for fewer, such as ${Math.max(1, Math.floor((records.length * answerBytesMax) / bytes / 2))} at a time.`,
      'parameter-invalid',
    );
  const [first] = query.range;
  const last = records.length === 0 ? first : first + records.length - 1;
  return {
    status: 200,
    body: records,
    headers: {
      'content-range': `${resource} ${first}-${last}/${total}`,
      'x-total-count': String(total),
      ...(capped ? { 'x-total-capped': 'true' } : {}),
    },
  };
};

/** A sort or filter that no index serves. */
export const noSuchIndex = (what: string, served: string): ProblemError =>
  new ProblemError('no-such-index', { detail: `${what} is served by no index. ${served}` });

/** The ids of a filter {"id": […]} or {"id": "…"}. */
export const idsOfFilter = (filter: Readonly<Record<string, unknown>>): readonly string[] | undefined => {
  if (filter.id === undefined) return undefined;
  return (Array.isArray(filter.id) ? filter.id : [filter.id]).map(String);
};
