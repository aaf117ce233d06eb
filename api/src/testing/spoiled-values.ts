import { type JsonSchema, resolved, type Schemas, takes } from '#testing/valid-values';

/** A value that its schema refuses, and what is wrong with it. */
export type Spoiled = { readonly what: string; readonly value: unknown };

const strangers: readonly unknown[] = ['text', 7.5, true, null, [], {}];

/** One by one, all that can be wrong with a value by its schema: type, bound, missing, extra, at every depth. */
export const spoiled = (given: JsonSchema, value: unknown, schemas: Schemas): readonly Spoiled[] => {
  const schema = resolved(given, schemas);
  return [...own(schema, value), ...within(schema, value, schemas)].filter(
    (each) => !takes(schema, each.value, schemas),
  );
};

const own = (schema: JsonSchema, value: unknown): readonly Spoiled[] => [
  ...strangers.map((stranger) => ({ what: `= ${JSON.stringify(stranger)}`, value: stranger })),
  ...(schema.minimum === undefined ? [] : [{ what: 'below its minimum', value: schema.minimum - 1 }]),
  ...(schema.maximum === undefined ? [] : [{ what: 'above its maximum', value: schema.maximum + 1 }]),
  ...(schema.maxLength === undefined ? [] : [{ what: 'too long', value: 'a'.repeat(schema.maxLength + 1) }]),
  ...(schema.minLength === undefined ? [] : [{ what: 'too short', value: 'a'.repeat(schema.minLength - 1) }]),
  ...(schema.pattern === undefined
    ? []
    : [
        { what: 'no text of its pattern', value: 'half \u0000' },
        { what: 'blank', value: ' ' },
      ]),
  ...(schema.not === undefined
    ? []
    : schema.not.enum.map((each) => ({ what: 'a word that is set aside', value: each }))),
  ...(Array.isArray(value) && schema.maxItems !== undefined && value.length > 0
    ? [{ what: 'too many', value: Array.from({ length: schema.maxItems + 1 }, () => value[0]) }]
    : []),
];

const within = (schema: JsonSchema, value: unknown, schemas: Schemas): readonly Spoiled[] => {
  const branch = (schema.anyOf ?? []).find((each) => takes(each, value, schemas));
  if (branch !== undefined) return spoiled(branch, value, schemas);
  if (Array.isArray(value))
    return value.slice(0, 1).flatMap((first) =>
      spoiled(schema.items ?? {}, first, schemas).map(({ what, value: bad }) => ({
        what: `/0 ${what}`,
        value: [bad, ...value.slice(1)],
      })),
    );
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Readonly<Record<string, unknown>>;
  const { properties = {} } = schema;
  const without = (name: string) => Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
  return [
    { what: 'with a member that is not known', value: { ...record, 'not-known': 1 } },
    ...Object.keys(record).map((name) => ({ what: `without ${name}`, value: without(name) })),
    ...Object.entries(record).flatMap(([name, each]) =>
      spoiled(properties[name] ?? {}, each, schemas).map(({ what, value: bad }) => ({
        what: `/${name} ${what}`,
        value: { ...record, [name]: bad },
      })),
    ),
  ];
};
