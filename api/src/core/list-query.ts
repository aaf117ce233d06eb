import * as z from 'zod';

/** What react-admin asks of a list (facts: the wire contract). Absent parameters are undefined. */
export type ListQuery = {
  readonly filter: Readonly<Record<string, unknown>>;
  /** First and last row, zero-based, both included. */
  readonly range: readonly [number, number];
  /** The whole of it, without a page: getMany. */
  readonly isWhole: boolean;
  readonly sort: { readonly field: string; readonly descending: boolean } | undefined;
};

const valueSchema = z.union([z.string(), z.number(), z.boolean()]);
/** A field and its value, or its values; deeper things filter nothing. What is empty or null is not set. */
const filterSchema = z
  .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .transform((value) => Object.entries(value).filter(([, each]) => each !== '' && each !== null))
  .pipe(z.array(z.tuple([z.string(), z.union([valueSchema, z.array(valueSchema).max(1000)])])))
  // Every name is kept, such as __proto__, so that one which nothing serves is refused by name.
  .transform((entries): Readonly<Record<string, unknown>> => Object.fromEntries(entries));
const rangeSchema = z
  .tuple([z.int().min(0), z.int().min(0)])
  .refine(([first, last]) => last >= first && last - first < 1000);
const sortSchema = z.tuple([z.string().min(1), z.enum(['ASC', 'DESC'])]);

/**
 * What the texts look like, for the document too. Empty is absent, and numbers are digits (T13): JSON alone would take 1e1.
 */
export const listPatterns = {
  filter: /^(?:\s*\{[\s\S]*\}\s*)?$/,
  range: /^(?:\[\s*\d{1,9}\s*,\s*\d{1,9}\s*\])?$/,
  sort: /^(?:\[\s*"[^"\\]+"\s*,\s*"(?:ASC|DESC)"\s*\])?$/,
} as const;

export type ListQueryResult =
  | { readonly ok: true; readonly query: ListQuery }
  | { readonly ok: false; readonly parameter: string; readonly message: string };

/** Reads filter, range and sort; names the parameter that cannot be read. */
export const readListQuery = (parameters: URLSearchParams): ListQueryResult => {
  const filter = read(parameters, 'filter', filterSchema, {});
  if (filter === undefined) return bad('filter', 'Give a JSON object of fields and values, such as {"q":"tea"}.');
  const range = read<readonly [number, number]>(parameters, 'range', rangeSchema, [0, 999]);
  if (range === undefined) return bad('range', 'Give first and last row as [0,24], at most 1,000 rows.');
  const sort = read<readonly [string, 'ASC' | 'DESC'] | null>(parameters, 'sort', sortSchema, null);
  if (sort === undefined) return bad('sort', 'Give ["field","ASC"] or ["field","DESC"].');
  return {
    ok: true,
    query: {
      filter,
      range,
      isWhole: (parameters.get('range') ?? '') === '',
      sort: sort === null ? undefined : { field: sort[0], descending: sort[1] === 'DESC' },
    },
  };
};

const bad = (parameter: string, message: string): ListQueryResult => ({ ok: false, parameter, message });

/** An empty parameter is an absent one. */
const read = <T>(
  parameters: URLSearchParams,
  name: keyof typeof listPatterns,
  schema: z.ZodType<T>,
  otherwise: T,
): T | undefined => {
  const text = parameters.get(name);
  if (text === null || text === '') return otherwise;
  if (!listPatterns[name].test(text)) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
