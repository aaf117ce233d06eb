import type { Topology } from '@penstock/platform/topology';

export type Route = Topology['routes']['shop'][number];
export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'method-not-allowed'; readonly allow: readonly string[] }
  | { readonly kind: 'route-not-found' };

/** Finds the route of a call as API Gateway does: `{id}` takes one segment, decoded. HEAD is no route. */
export const matchRoute = (routes: readonly Route[], method: string, path: string): Match => {
  const fitting = routes.flatMap((route) => {
    const parameters = parametersOf(route.path, path);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  // The most specific wins, as on AWS: /orders/recent before /orders/{id}.
  const found = fitting
    .filter(({ route }) => route.method === method)
    .sort((left, right) => Object.keys(left.parameters).length - Object.keys(right.parameters).length)[0];
  if (found !== undefined) return { kind: 'route', ...found };
  if (fitting.length === 0) return { kind: 'route-not-found' };
  return { kind: 'method-not-allowed', allow: [...new Set(fitting.map(({ route }) => route.method))] };
};

const parametersOf = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, part] of wanted.entries()) {
    const segment = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== segment) return undefined;
      continue;
    }
    const decoded = decode(segment);
    if (decoded === undefined || decoded === '') return undefined;
    parameters.set(name, decoded);
  }
  return Object.fromEntries(parameters);
};

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};
