import { own } from '@penstock/domain/own';
/**
 * Reads what this browser kept by its shape. What was kept may be of an older version of the shop, of an extension, or
 * damaged. These few readers stand in for zod, whose 28 kB would come with every first visit.
 */
export const bad: unique symbol = Symbol('not of this shape');

/** The value, or `bad`. A reader that can go on without a part hands that part to `aside`. */
export type Reader<T> = (value: unknown, aside: (part: unknown) => void) => T | typeof bad;
export type Read<R> = R extends Reader<infer T> ? T : never;

/** What could be read, and the parts that could not. `value` is undefined when there was nothing, or nothing of use. */
export const readShape = <T>(
  reader: Reader<T>,
  raw: unknown,
): { readonly value: T | undefined; readonly badParts: readonly unknown[] } => {
  if (raw === undefined || raw === null) return { value: undefined, badParts: [] };
  const badParts: unknown[] = [];
  const value = reader(raw, (part) => badParts.push(part));
  return value === bad ? { value: undefined, badParts: [raw] } : { value, badParts };
};

export const text =
  (pattern = /^[\s\S]{0,2000}$/): Reader<string> =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : bad;

export const whole =
  (min = 0, max = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max ? Number(value) : bad;

export const truth: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : bad);

export const oneOf =
  <const T extends string>(texts: readonly T[]): Reader<T> =>
  (value) =>
    texts.find((each) => each === value) ?? bad;

/** A part that may be missing. One that cannot be read is set aside, and the rest goes on without it. */
export const optional =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (value, aside) => {
    if (value === undefined || value === null) return undefined;
    const read = reader(value, aside);
    if (read !== bad) return read;
    aside(value);
    return undefined;
  };

type Fields = Readonly<Record<string, Reader<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends Read<F[K]> ? K : never }[keyof F];
type ReadShape<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Read<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: Read<F[K]>;
};

/** An object with these parts; others are left out. */
export const shape =
  <F extends Fields>(fields: F): Reader<ReadShape<F>> =>
  (value, aside) => {
    if (!isRecord(value)) return bad;
    const entries = Object.entries(fields).map(([name, reader]) => [name, reader(own(value, name), aside)] as const);
    return entries.some(([, read]) => read === bad)
      ? bad
      : (Object.fromEntries(entries.filter(([, read]) => read !== undefined)) as never);
  };

/** A list without the items that cannot be read: those are set aside. */
export const listOf =
  <T>(reader: Reader<T>, max = 1000): Reader<readonly T[]> =>
  (value, aside) => {
    if (!Array.isArray(value)) return bad;
    return value.slice(0, max).flatMap((item) => {
      const read = reader(item, aside);
      if (read !== bad) return [read];
      aside(item);
      return [];
    });
  };

/** A Map, or the object that an earlier release kept for one, without the entries that cannot be read. */
export const mapOf =
  <T>(key: RegExp, reader: Reader<T>): Reader<ReadonlyMap<string, T>> =>
  (value, aside) => {
    if (!isRecord(value)) return bad;
    return new Map(
      (value instanceof Map ? [...value] : Object.entries(value)).flatMap(
        ([name, item]): readonly (readonly [string, T])[] => {
          const read = typeof name === 'string' && key.test(name) ? reader(item, aside) : bad;
          if (read !== bad) return [[name, read]];
          aside({ [String(name)]: item });
          return [];
        },
      ),
    );
  };

/** The same, read into another form. */
export const reading =
  <T, U>(reader: Reader<T>, change: (value: T) => U): Reader<U> =>
  (value, aside) => {
    const read = reader(value, aside);
    return read === bad ? bad : change(read);
  };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
