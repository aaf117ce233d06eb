import type { Query, QueryClient } from '@tanstack/react-query';
import { passesByItself } from '#data/passing-fault.ts';

/** Frames of one resource within this time refresh it once: a rush must not become a flood of list reads. */
const gatherMs = 400;
/** Between two refreshes while frames keep coming. */
const restMs = 2000;
/** Records of one resource that wait to be read by themselves; of more, all are read: a page nobody looks at may wait for days. */
const idsMax = 100;
/** What was read so short a time before the socket listened is not read twice for that. */
const freshMs = 2000;

/** A list in fault is asked again at its own pace: asked at every frame, it would fail at every frame. */
const isNotInFault = ({ state }: Query): boolean => state.status !== 'error';
const isNotRefused = ({ state: { error } }: Query): boolean => error === null || passesByItself(error);

/** Reads again what frames touched: soon at first, at rest in a rush, and not while nobody looks. */
export const makeRefresher = (queryClient: QueryClient, page: Pick<Document, 'visibilityState'>) => {
  const waiting = new Map<string, Set<string>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  let hasListened = false;

  const flush = () => {
    timer = undefined;
    if (page.visibilityState === 'hidden') return;
    restUntil = Date.now() + restMs;
    for (const [resource, ids] of waiting) {
      for (const method of ['getList', 'getMany'])
        void queryClient.invalidateQueries({ queryKey: [resource, method], predicate: isNotInFault });
      if (ids.has('*')) void queryClient.invalidateQueries({ queryKey: [resource, 'getOne'] });
      else for (const id of ids) void queryClient.invalidateQueries({ queryKey: [resource, 'getOne', { id }] });
    }
    waiting.clear();
  };

  return {
    touch: (resource: string, id = '*') => {
      const ids = (waiting.get(resource) ?? new Set<string>()).add(id);
      waiting.set(resource, ids.size > idsMax ? new Set(['*']) : ids);
      timer ??= setTimeout(flush, Math.max(gatherMs, restUntil - Date.now()));
    },
    /** Somebody looks again. */
    seen: () => {
      if (waiting.size > 0) timer ??= setTimeout(flush, 0);
    },
    /** After `subscribed` nothing is missed any more (contract, section 4): what changed while nobody listened is read. */
    listens: () => {
      const isFirst = !hasListened;
      hasListened = true;
      const readBefore = Date.now() - freshMs;
      void queryClient.invalidateQueries({
        predicate: (query) => isNotRefused(query) && !(isFirst && query.state.dataUpdatedAt >= readBefore),
      });
    },
    stop: () => clearTimeout(timer),
  };
};
