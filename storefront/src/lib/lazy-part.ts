import { type ComponentType, createElement, use } from 'react';
import { ChunkError } from '#lib/chunk-error.ts';

/** A component whose code comes when it is first shown, or earlier by `preload`. */
export type LazyPart<P> = ComponentType<P> & { readonly preload: () => Promise<unknown> };

/** React renders again at once when a promise fails: it must meet the same failure then, and not a new attempt. */
const failureStandsMs = 2000;

/**
 * As React.lazy, but a failure is named, so that a page can say what is wrong, and does not stand for ever: what is shown a
 * while later asks anew.
 */
export const lazyPart = <P extends object>(load: () => Promise<ComponentType<P>>): LazyPart<P> => {
  let loading: Promise<ComponentType<P>> | undefined;
  let failedAtMs = Number.POSITIVE_INFINITY;
  const start = (): Promise<ComponentType<P>> => {
    if (loading !== undefined && Date.now() - failedAtMs < failureStandsMs) return loading;
    failedAtMs = Number.POSITIVE_INFINITY;
    loading = load().catch((cause: unknown) => {
      failedAtMs = Date.now();
      throw new ChunkError(cause);
    });
    return loading;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: called once a part, at module level, as React.lazy is.
  const Part = (props: P) => createElement(use(start()), props);
  return Object.assign(Part, { preload: start });
};
