import type { Operations } from '@penstock/domain/operations';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useConfig } from '#config-context.ts';
import { httpClient } from '#data/http-client.ts';
import { openStaffSocket } from '#live/staff-socket.ts';
import { metersOf, operationsTopic } from '#operations/frame-meters.ts';

/** Frames come every two seconds; when they stay away, the page asks. */
const askEveryMs = 10_000;

/** Pages that show no meters look this often whether something is switched off. */
const noticeEveryMs = 30_000;

export const operationsKey = ['operations', 'meters'] as const;

/**
 * The meters, live for as long as the page is open. It has a socket of its own: the topic is sent only while somebody
 * holds it, and no other page needs it.
 */
export const useOperations = () => {
  const { socketUrl } = useConfig();
  const queryClient = useQueryClient();

  useEffect(() => {
    const onText = (text: string) => {
      const meters = metersOf(text);
      if (meters === undefined) return;
      queryClient.setQueryData<Operations>(operationsKey, (known) =>
        known !== undefined && known.at > meters.at ? known : meters,
      );
    };
    return openStaffSocket({ socketUrl, topics: [operationsTopic], onText });
  }, [queryClient, socketUrl]);

  return useMeters(askEveryMs);
};

/** What is switched off; undefined while that is not known. */
export const useSwitches = (): Operations['switches'] | undefined => useMeters(noticeEveryMs).data?.switches;

const useMeters = (everyMs: number) => {
  const { apiUrl } = useConfig();
  return useQuery({
    queryKey: operationsKey,
    queryFn: async () => (await httpClient(`${apiUrl}/operations`)).json as Operations,
    refetchInterval: everyMs,
  });
};
