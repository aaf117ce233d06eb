import * as z from 'zod';

/** What all gates know of faults on request. */
const shareRemedy = 'Give a share from 0 to 1.';

/** A share of calls or messages, 0 (the default) to 1. */
export const share = z.number(shareRemedy).min(0, shareRemedy).max(1, shareRemedy).default(0);

/** Whole or broken milliseconds, 0 (the default) to `most`. */
export const milliseconds = (most: number) => {
  const remedy = `Give milliseconds from 0 to ${most}.`;
  return z.number(remedy).min(0, remedy).max(most, remedy).default(0);
};

/** The same seed brings the same faults in the same order of calls. */
export const seed = z.int('Give a whole number.').default(1);

/** What is not right with the faults that somebody wished, a sentence a field, with its remedy. */
export const faultMessageOf = (error: z.ZodError, known: readonly string[]): string =>
  error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map(
            (key) => `${[...issue.path, key].join('.')}: Not known; leave it out or give one of ${known.join(', ')}.`,
          )
        : [`${issue.path.join('.') || 'faults'}: ${issue.path.length === 0 ? 'Give a JSON object.' : issue.message}`],
    )
    .join(' ');

/** Faults that can be set and cleared: a schema whose empty object is "none". */
export const makeFaults = <Schema extends z.ZodObject>(schema: Schema) => {
  const none = schema.parse({});
  const state = { current: none };
  return {
    get current(): z.infer<Schema> {
      return state.current;
    },
    /** Takes new faults; a value that is not right is a sentence that names the field and the remedy. */
    set: (value: unknown): string | undefined => {
      const parsed = schema.safeParse(value);
      if (parsed.success) state.current = parsed.data;
      return parsed.success ? undefined : faultMessageOf(parsed.error, Object.keys(schema.shape));
    },
    clear: () => {
      state.current = none;
    },
  };
};
