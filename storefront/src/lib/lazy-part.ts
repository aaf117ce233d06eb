import { type ComponentType, createElement, use } from 'react';
import { ChunkError } from '#lib/chunk-error.ts';

/** A component whose code comes when it is first shown, or earlier by `preload`. */
export type LazyPart<P> = ComponentType<P> & { readonly preload: () => Promise<unknown> };

/**
 * As React.lazy, but a failure is named, so that a page can say what is wrong, and is not kept: the next attempt asks anew.
 */
export const lazyPart = <P extends object>(load: () => Promise<ComponentType<P>>): LazyPart<P> => {
  let loading: Promise<ComponentType<P>> | undefined;
  const start = (): Promise<ComponentType<P>> => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new ChunkError(cause);
    });
    return loading;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: called once a part, at module level, as React.lazy is.
  const Part = (props: P) => createElement(use(start()), props);
  return Object.assign(Part, { preload: start });
};
