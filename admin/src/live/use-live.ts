import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { effectOf, type LiveState, staffTopics } from '#live/live-topics.ts';
import { makeRefresher } from '#live/refresher.ts';
import { openStaffSocket } from '#live/staff-socket.ts';

/** Keeps the lists and records of the back office live. Mounted once, by the layout. */
export const useLive = (socketUrl: string): LiveState => {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const refresher = makeRefresher(queryClient, document);
    document.addEventListener('visibilitychange', refresher.seen);
    const leave = openStaffSocket({
      socketUrl,
      topics: staffTopics,
      onClose: () => setState('away'),
      onText: (text) => {
        const effect = effectOf(text);
        if (effect.kind === 'refresh') refresher.touch(effect.resource, effect.id);
        if (effect.kind !== 'subscribed') return;
        setState('live');
        refresher.listens();
      },
    });
    return () => {
      document.removeEventListener('visibilitychange', refresher.seen);
      refresher.stop();
      leave();
    };
  }, [queryClient, socketUrl]);

  return state;
};
