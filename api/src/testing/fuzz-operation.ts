import type { Problem, ProblemCode } from '@penstock/domain/problems';
import fc from 'fast-check';
import type { Rule } from '#openapi/call-doc';
import type { CallParts } from '#testing/events';
import { spoiled } from '#testing/spoiled-values';
import { type JsonSchema, resolved, type Schemas, valuesOf } from '#testing/valid-values';

type Parameter = {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
};
export type Operation = {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: JsonSchema } } };
  readonly responses: Readonly<Record<string, { readonly 'x-problem-codes'?: readonly ProblemCode[] }>>;
  readonly 'x-rules'?: readonly Rule[];
};

export type Answer = { readonly status: number; readonly body: Partial<Problem> };
export type Fuzz = {
  readonly operation: Operation;
  readonly schemas: Schemas;
  /** Throws when the answer is not as documented. */
  readonly call: (parts: CallParts) => Promise<Answer>;
  /** Ids of what is stored, by the name of the path parameter: so that more than "not found" is met. */
  readonly known: Readonly<Record<string, readonly string[]>>;
  readonly seed: number;
  readonly runs: number;
};

type Input = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** Where an operation and its description differ; empty when they agree. */
export const differencesOf = async (fuzz: Fuzz): Promise<readonly string[]> => {
  const inputs = fc.sample(inputsOf(fuzz), { seed: fuzz.seed, numRuns: fuzz.runs });
  const differences: string[] = [];
  let accepted = 0;
  const held = async (what: string, input: Input, isRight: (answer: Answer) => boolean, parts = partsOf(input)) => {
    try {
      const answer = await fuzz.call(parts);
      if (answer.status < 400) accepted += 1;
      if (!isRight(answer)) differences.push(`${what}: ${answer.status} ${answer.body.detail ?? ''} of ${said(parts)}`);
    } catch (error) {
      differences.push(`${what}: ${String(error).slice(0, 300)} of ${said(parts)}`);
    }
  };
  for (const input of inputs) await held('valid', input, (answer) => isAllowed(answer, fuzz.operation));
  if (accepted === 0) differences.push('valid: none was accepted');
  const first = inputs[0];
  if (first === undefined) return differences;
  for (const [what, parts] of spoiledParts(fuzz, inputs)) await held(what, first, isRefused, parts);
  return differences;
};

const said = (parts: CallParts): string => JSON.stringify(parts).slice(0, 400);

/** Taken, or refused for what no schema can say: what is stored, who was faster, or a rule that is written down. */
const isAllowed = ({ status, body }: Answer, { 'x-rules': rules = [] }: Operation): boolean => {
  if (status < 400 || status === 404 || status === 409 || status === 503 || body.code === 'no-such-index') return true;
  const { violations = [] } = body;
  const isWritten = (pointer: string) =>
    rules.some(({ at }) => new RegExp(`^${at.replaceAll('*', '[^/]+')}$`).test(pointer));
  return (
    violations.length > 0 && violations.every(({ pointer, code }) => isWritten(pointer) || code === 'direction-open')
  );
};

const isRefused = ({ status }: Answer): boolean => status >= 400 && status < 500;

const bodyOf = ({ requestBody }: Operation): JsonSchema | undefined => requestBody?.content['application/json'].schema;

const inputsOf = ({ operation, schemas, known }: Fuzz): fc.Arbitrary<Input> => {
  const place = (where: string) => {
    const own = operation.parameters.filter((each) => each.in === where && each.name !== 'Origin');
    const model = own.map(({ name, schema }): [string, fc.Arbitrary<unknown>] => {
      const values = valuesOf(schema, schemas);
      const stored = where === 'path' ? (known[name] ?? []) : [];
      return [name, stored.length === 0 ? values : fc.oneof(fc.constantFrom(...stored), values)];
    });
    const requiredKeys = own.flatMap(({ name, required }) => (required === true ? [name] : []));
    return fc.record(Object.fromEntries(model), { requiredKeys });
  };
  const body = bodyOf(operation);
  const parts = { path: place('path'), query: place('query'), header: place('header') };
  const more = body === undefined ? {} : { body: valuesOf(body, schemas) };
  return fc.record({ ...parts, ...more }) as fc.Arbitrary<Input>;
};

const partsOf = ({ path, query, header, body }: Input): CallParts => ({
  parameters: path,
  query: new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
    ),
  ).toString(),
  headers: header,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

/** One fault at a time, in body, query, headers and path. */
const spoiledParts = ({ operation, schemas }: Fuzz, inputs: readonly Input[]): readonly [string, CallParts][] => {
  const [first] = inputs;
  if (first === undefined) return [];
  const base = partsOf({ ...first, query: {} });
  const body = bodyOf(operation);
  const bodies =
    body === undefined
      ? []
      : inputs
          .slice(0, 8)
          .flatMap((input) =>
            spoiled(body, input.body, schemas).map(({ what, value }): [string, CallParts] => [
              `body ${what}`,
              { ...base, body: JSON.stringify(value) },
            ]),
          );
  const parameters = operation.parameters.flatMap((parameter) => ofParameter(parameter, base, schemas));
  return [...bodies, ...parameters, ['parameter that is not known', { ...base, query: 'not-known=1' }]];
};

const ofParameter = (parameter: Parameter, base: CallParts, schemas: Schemas): readonly [string, CallParts][] => {
  const { name, required, in: place } = parameter;
  const schema = resolved(parameter.schema, schemas);
  const texts = textsThatAreNot(schema, schemas);
  if (place === 'query') {
    const many = schema.maxItems === undefined ? [] : [new Array(schema.maxItems + 1).fill(`${name}=a`).join('&')];
    const queries = [...texts.map((text) => `${name}=${encodeURIComponent(text)}`), ...many];
    return queries.map((query) => [`query ${query}`, { ...base, query }]);
  }
  if (place === 'path')
    return texts.map((text) => [`path ${name} ${text}`, { ...base, parameters: { ...base.parameters, [name]: text } }]);
  const without = Object.fromEntries(Object.entries(base.headers ?? {}).filter(([each]) => each !== name));
  return [
    ...(required === true
      ? [[`without header ${name}`, { ...base, headers: { ...without, [name]: '' } }] as [string, CallParts]]
      : []),
    ...texts.map((text): [string, CallParts] => [
      `header ${name}: ${text}`,
      { ...base, headers: { ...without, [name]: text } },
    ]),
  ];
};

/** Texts of a query, a path or a header that are no such value. An empty one is absent (T13). */
const textsThatAreNot = (given: JsonSchema, schemas: Schemas): readonly string[] => {
  const schema = given.items === undefined ? given : resolved(given.items, schemas);
  const { type, minimum, maximum, maxLength, pattern } = schema;
  if (type === 'integer')
    return [
      'x',
      '1.5',
      '1e1',
      '0x2',
      '+1',
      ' 1',
      String((minimum ?? 0) - 1),
      ...(maximum === undefined ? [] : [String(maximum + 1)]),
    ];
  if (type === 'boolean') return ['yes', '1', 'TRUE'];
  if (schema.enum !== undefined) return ['not-one-of-them'];
  return [
    ...(maxLength === undefined ? [] : ['a'.repeat(maxLength + 1)]),
    ...(pattern === undefined
      ? []
      : [' ', 'x x', 'x'.repeat(300)].filter((text) => !new RegExp(pattern, 'u').test(text))),
    ...(schema.not?.enum.map(String) ?? []),
  ];
};
