import fc from 'fast-check';

/** As much of JSON Schema as the document uses. */
export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly not?: { readonly enum: readonly unknown[] };
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly if?: { readonly properties: Readonly<Record<string, JsonSchema>> };
  readonly then?: JsonSchema;
  readonly [other: string]: unknown;
};

export type Schemas = Readonly<Record<string, JsonSchema>>;

export const resolved = (schema: JsonSchema, schemas: Schemas): JsonSchema =>
  schema.$ref === undefined ? schema : resolved(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas);

/** Whether a schema takes a value: what a generator needs to keep off what the schema forbids elsewhere. */
export const takes = (given: JsonSchema, value: unknown, schemas: Schemas): boolean => {
  const schema = resolved(given, schemas);
  if (schema.anyOf !== undefined) return schema.anyOf.some((each) => takes(each, value, schemas));
  if (schema.oneOf !== undefined && schema.oneOf.filter((each) => takes(each, value, schemas)).length !== 1)
    return false;
  if (schema.const !== undefined && value !== schema.const) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if (schema.not?.enum.includes(value) === true) return false;
  if (typeof value === 'string') {
    const { length } = [...value];
    if (schema.type !== undefined && schema.type !== 'string') return false;
    if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) return false;
    return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
  }
  if (typeof value === 'number') {
    if (schema.type === 'integer' ? !Number.isInteger(value) : schema.type !== 'number' && schema.type !== undefined)
      return false;
    return (
      value >= (schema.minimum ?? Number.NEGATIVE_INFINITY) && value <= (schema.maximum ?? Number.POSITIVE_INFINITY)
    );
  }
  if (Array.isArray(value))
    return (
      (schema.type ?? 'array') === 'array' &&
      value.length >= (schema.minItems ?? 0) &&
      value.length <= (schema.maxItems ?? Number.POSITIVE_INFINITY) &&
      value.every((each) => takes(schema.items ?? {}, each, schemas))
    );
  if (typeof value === 'object' && value !== null)
    return takesObject(schema, value as Record<string, unknown>, schemas);
  return schema.type === undefined || schema.type === (value === null ? 'null' : typeof value);
};

const takesObject = (schema: JsonSchema, value: Readonly<Record<string, unknown>>, schemas: Schemas): boolean => {
  const { properties = {}, required = [] } = schema;
  if ((schema.type ?? 'object') !== 'object' || required.some((name) => !Object.hasOwn(value, name))) return false;
  const isFit = Object.entries(value).every(([name, each]) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return own === undefined ? schema.additionalProperties !== false : takes(own, each, schemas);
  });
  if (!isFit) return false;
  if (schema.if === undefined || schema.then === undefined) return true;
  return !takes(schema.if, value, schemas) || takes(schema.then, value, schemas);
};

/** Values that a schema takes, from the schema alone. */
export const valuesOf = (given: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> => {
  const schema = resolved(given, schemas);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.filter((each) => takes(schema, each, schemas)));
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => valuesOf(each, schemas)));
  switch (schema.type) {
    case 'string':
      return textsOf(schema, schemas);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000_000 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, schemas), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
      });
    case 'object':
      return objectsOf(schema, schemas);
    default:
      return fc.constantFrom(null, 'any', 7);
  }
};

/** Texts of many kinds: of each schema, those are tried that it takes. Making texts from long patterns of Unicode takes for ever. */
const corpus: readonly string[] = [
  ...[
    'a',
    '7',
    'Tea 1',
    'Ada Lovelace',
    "Zoë O'Neill-Łódź",
    '緑茶 𠮷',
    'شاي',
    '👩‍👩‍👧‍👦 tea',
    'two\nlines',
    '<b>&amp;</b>',
    'a, b; c',
  ],
  ...[
    'ada@example.com',
    'info@müller.de',
    "o'neill+tea@example.co.uk",
    'LS1 1AA',
    '10115',
    'GB',
    'AE',
    'GBP',
    'AAA',
    'QQ',
  ],
  ...['assam-second-flush', 'tea', 'kept-key-of-an-act', 'correlation-1', 'device-12', 'letter-1', '/images/a.webp'],
  ...['0123456789abcdefghjkmnpqrs', 'AAAAAAAAAAAAAAAAAAAAAA', '00000000-0000-4000-8000-000000000001'],
  ...['2025-11-23T10:00:00.000Z', '[0,24]', '["id","ASC"]', '{}', 'r1.kept.receipt', 'application/json'],
];

const textsOf = (schema: JsonSchema, schemas: Schemas): fc.Arbitrary<string> => {
  const { minLength = 0, maxLength } = schema;
  const bounds = ['a'.repeat(minLength), ...(maxLength === undefined ? [] : ['a'.repeat(maxLength)])];
  const known = [...corpus, ...bounds].filter((text) => takes(schema, text, schemas));
  if (known.length > 0) return fc.constantFrom(...known);
  if (schema.pattern === undefined) throw new Error(`No text is known for ${JSON.stringify(schema)}`);
  return fc.stringMatching(new RegExp(schema.pattern, 'u'));
};

const objectsOf = (schema: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [] } = schema;
  const model = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valuesOf(each, schemas)]));
  const made = (names: readonly string[]) => fc.record(model, { requiredKeys: [...names] });
  const records =
    schema.oneOf === undefined
      ? made(required)
      : fc.oneof(...schema.oneOf.map((each) => made([...required, ...(each.required ?? [])])));
  return records
    .chain((record) => asTheConditionWants(schema, record, schemas))
    .filter((each) => takes(schema, each, schemas));
};

/** A record that meets the `if` of its schema gets what the `then` asks for. */
const asTheConditionWants = (schema: JsonSchema, record: object, schemas: Schemas): fc.Arbitrary<object> => {
  if (schema.if === undefined || schema.then === undefined || takes(schema, record, schemas))
    return fc.constant(record);
  const { properties = {}, required = [] } = schema.then;
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, each]) => [
      name,
      valuesOf({ type: 'string', ...schema.properties?.[name], ...each }, schemas),
    ]),
  );
  return fc
    .record(model, { requiredKeys: required.filter((name) => Object.hasOwn(model, name)) })
    .map((more) => ({ ...record, ...more }));
};
