import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { LiveStatus, TopicListener } from '#lib/live/live.ts';
import { useServices } from '#lib/services.ts';

/** Takes a topic while the component stands. `undefined` takes none. */
export const useTopic = (topic: string | undefined, listener: TopicListener): void => {
  const { live } = useServices();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    if (topic === undefined) return undefined;
    return live.subscribe(topic, {
      onReady: () => latest.current.onReady(),
      onChange: (frame) => latest.current.onChange(frame),
      onRefetch: () => latest.current.onRefetch(),
    });
  }, [live, topic]);
};

/** Whether changes of a topic arrive by themselves now; when not, pages ask from time to time. */
export const useIsLive = (topic: string): boolean => {
  const { live } = useServices();
  return useSyncExternalStore(live.onStatus, () => live.isReady(topic));
};

export const useLiveStatus = (): LiveStatus => {
  const { live } = useServices();
  return useSyncExternalStore(live.onStatus, live.status);
};
