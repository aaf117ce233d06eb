import { type ProblemCode, problemCodes, problemKind, problemSchema } from '@penstock/domain/problems';
import type { Topology } from '@penstock/platform/topology';
import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { adminCalls } from '#openapi/admin-calls';
import type { AnswerHeader, CallDoc, CallDocs } from '#openapi/call-doc';
import { answerHeaders, anyHeaders } from '#openapi/call-parts';
import { shopCalls } from '#openapi/shop-calls';

/** The calls of both APIs by route. */
export const documentedCalls = { shop: shopCalls, admin: adminCalls } as const;
export type ApiName = keyof typeof documentedCalls;

/** Problems that every call of an API can answer. */
const commonProblems: Readonly<Record<ApiName, readonly ProblemCode[]>> = {
  shop: ['parameter-invalid', 'network-not-allowed', 'internal', 'store-busy'],
  admin: ['parameter-invalid', 'network-not-allowed', 'internal', 'store-busy'],
};

/** The problems of one call: its own and those of its API. */
export const problemsOf = (api: ApiName, call: CallDoc): readonly ProblemCode[] => [
  ...new Set([...call.problems, ...commonProblems[api]]),
];

/** Routes that are not documented, and documented calls that have no route; empty when both agree. */
export const compareRoutes = (
  routes: readonly { readonly method: string; readonly path: string }[],
  calls: CallDocs,
): readonly string[] => {
  const names = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  return [
    ...[...names].filter((name) => !Object.hasOwn(calls, name)).map((name) => `${name} is not documented.`),
    ...Object.keys(calls)
      .filter((name) => !names.has(name))
      .map((name) => `${name} is documented and has no route.`),
  ];
};

/** Thrown while the document and the topology disagree: a page that lies is not written. */
export class DocumentIncomplete extends Error {
  readonly code = 'document-incomplete';
  constructor(faults: readonly string[]) {
    super(`The API page and topology.json disagree:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'DocumentIncomplete';
  }
}

/** The OpenAPI 3.1 document of both APIs; throws DocumentIncomplete. */
export const makeDocument = (topology: Pick<Topology, 'routes' | 'currency'>, calls = documentedCalls) => {
  const faults = (['shop', 'admin'] as const).flatMap((api) => compareRoutes(topology.routes[api], calls[api]));
  if (faults.length > 0) throw new DocumentIncomplete(faults);
  return createDocument({
    openapi: '3.1.1',
    info: { title: 'Penstock', version: '1', description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'The shop: this site.' }],
    tags: tagsOf(calls),
    paths: { ...pathsOf('shop', calls.shop, topology.currency), ...pathsOf('admin', calls.admin, topology.currency) },
    components: { headers: { ...answerHeaders } },
    'x-problems': Object.fromEntries(problemCodes.map((code) => [code, problemKind(code)])),
  });
};

export type ApiDocument = ReturnType<typeof makeDocument>;

const description =
  'Accepted is not yet applied: writes answer 202, wait in a queue, and are told by GET and by the socket. Times are ' +
  'ISO 8601 UTC, money is whole minor units with a currency. Every refusal is application/problem+json (RFC 9457) with a ' +
  'code, what is wrong and what to do. An empty query parameter counts as absent; one that a call does not have, and one ' +
  'that stands twice, is refused by its name. A body where none is described is not read. Gateways answer 403, 404, 405, 413, 429, 500, 502, 503 and 504 in their own ' +
  'shape too: treat any 429, 502, 503 and 504 as "send the same again after Retry-After, with the same key".';

const adminServer = {
  url: '{adminApiUrl}',
  description: 'The back office, from staff networks alone.',
  variables: {
    adminApiUrl: { default: 'http://127.0.0.1:4102', description: 'adminApiUrl, as `npm run status` prints it.' },
  },
};

const tagsOf = (calls: Readonly<Record<ApiName, CallDocs>>) =>
  [...new Set([...Object.values(calls.shop), ...Object.values(calls.admin)].map((call) => call.tag))].map((name) => ({
    name,
  }));

const pathsOf = (api: ApiName, calls: CallDocs, currency: string): ZodOpenApiPathsObject => {
  const paths = new Map<string, ZodOpenApiPathsObject[string]>();
  for (const [route, call] of Object.entries(calls)) {
    const [method = '', path = ''] = route.split(' ');
    const operation = { [method.toLowerCase()]: operationOf(api, route, call, currency) };
    paths.set(path, { ...paths.get(path), ...(api === 'admin' ? { servers: [adminServer] } : {}), ...operation });
  }
  return Object.fromEntries(paths);
};

const operationOf = (api: ApiName, route: string, call: CallDoc, currency: string): ZodOpenApiOperationObject => ({
  operationId: operationIdOf(api, route),
  summary: call.summary,
  ...describedBy(call),
  tags: [call.tag],
  requestParams: {
    ...(call.path === undefined ? {} : { path: call.path }),
    ...(call.query === undefined ? {} : { query: mayBeEmpty(call.query) }),
    header: call.headers ?? anyHeaders,
  },
  ...(call.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: typeof call.body === 'function' ? call.body(currency) : call.body },
          },
        },
      }),
  responses: { ...answersOf(call), ...problemAnswersOf(problemsOf(api, call)) },
});

/** The rules in words for people, and each with its place for tools. */
const describedBy = ({ description, rules = [] }: CallDoc) => {
  const words = [...(description === undefined ? [] : [description]), ...rules.map(({ rule }) => rule)].join(' ');
  return { ...(words === '' ? {} : { description: words }), ...(rules.length === 0 ? {} : { 'x-rules': rules }) };
};

/** An empty parameter counts as absent, whatever it is (T13). */
const mayBeEmpty = (query: z.ZodObject): z.ZodObject =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(query.shape).map(([name, schema]) => [name, schema.meta({ param: { allowEmptyValue: true } })]),
    ),
  );

/** `GET /api/orders/{id}` becomes shopGetOrdersById. */
const operationIdOf = (api: ApiName, route: string): string =>
  api +
  route
    .replace(/^(\w+) (\/api)?/, (_, method: string) => `${method.toLowerCase()} `)
    .replace(/\{(\w+)\}/g, (_, name: string) => `by ${name}`)
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('');

const headersOf = (names: readonly AnswerHeader[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const always: readonly AnswerHeader[] = ['X-Server-Time', 'X-Correlation-Id'];

const answersOf = (call: CallDoc): ZodOpenApiOperationObject['responses'] =>
  Object.fromEntries(
    Object.entries(call.answers).map(([status, { description, schema, headers = [] }]) => [
      status,
      {
        description,
        headers: headersOf([...headers, ...always]),
        ...(schema === undefined ? {} : { content: { 'application/json': { schema } } }),
      },
    ]),
  );

const problemAnswersOf = (codes: readonly ProblemCode[]): ZodOpenApiOperationObject['responses'] =>
  Object.fromEntries(
    [...Map.groupBy(codes, (code) => problemKind(code).status)].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `${code}: ${problemKind(code).meaning}`).join(' '),
        headers: headersOf([...(status === 429 || status === 503 ? (['Retry-After'] as const) : []), ...always]),
        content: { 'application/problem+json': { schema: problemSchema } },
        'x-problem-codes': same,
      },
    ]),
  );
