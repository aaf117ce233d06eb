import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { effectOf, type LiveState, staffTopics } from '#live/live-topics.ts';
import { openStaffSocket } from '#live/staff-socket.ts';

/** Frames of one resource within this time refresh it once: a rush must not become a flood of list reads. */
const gatherMs = 400;

/** Keeps the lists and records of the back office live. Mounted once, by the layout. */
export const useLive = (socketUrl: string): LiveState => {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const waiting = new Map<string, Set<string>>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      for (const [resource, ids] of waiting) {
        void queryClient.invalidateQueries({ queryKey: [resource, 'getList'] });
        void queryClient.invalidateQueries({ queryKey: [resource, 'getMany'] });
        for (const id of ids) void queryClient.invalidateQueries({ queryKey: [resource, 'getOne', { id }] });
        if (ids.has('*')) void queryClient.invalidateQueries({ queryKey: [resource, 'getOne'] });
      }
      waiting.clear();
    };
    const refresh = (resource: string, id = '*') => {
      waiting.set(resource, (waiting.get(resource) ?? new Set()).add(id));
      timer ??= setTimeout(flush, gatherMs);
    };

    const leave = openStaffSocket({
      socketUrl,
      topics: staffTopics,
      onClose: () => setState('away'),
      onText: (text) => {
        const effect = effectOf(text);
        if (effect.kind === 'refresh') refresh(effect.resource, effect.id);
        if (effect.kind !== 'subscribed') return;
        // What changed while nobody listened: after `subscribed` nothing is missed any more (contract, section 4).
        setState('live');
        void queryClient.invalidateQueries();
      },
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [queryClient, socketUrl]);

  return state;
};
