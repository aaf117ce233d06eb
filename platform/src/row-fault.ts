import type * as z from 'zod';

/** Where a row is wrong and how, in words of the schema: no value of the row. */
export const faultOf = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return issue === undefined
    ? 'invalid'
    : `${issue.code} at ${issue.path.map(String).join('.') || 'the row'}`.slice(0, 200);
};
