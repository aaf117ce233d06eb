import type { LetterResults } from '@penstock/domain/dead-letters';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useConfig } from '#config-context.ts';
import { httpClient } from '#data/http-client.ts';
import { resultText } from '#dead-letters/words.ts';

export type Settlement = 'redrive' | 'discard';
/** Letters by their ids, or all that are open. */
export type Chosen = { readonly ids: readonly string[] } | { readonly all: true };

/** Sends letters again or discards them, says what came of each, and reads the lists anew. */
export const useSettle = () => {
  const { apiUrl } = useConfig();
  const queryClient = useQueryClient();
  const notify = useNotify();
  const [isPending, setPending] = useState(false);

  const settle = async (what: Settlement, chosen: Chosen, reason: string): Promise<boolean> => {
    setPending(true);
    try {
      const body = JSON.stringify({ ...chosen, reason });
      const { json } = await httpClient(`${apiUrl}/dead-letters/${what}`, { method: 'POST', body });
      notify(resultText(json as LetterResults), { type: 'info' });
      return true;
    } catch (error) {
      notify(error instanceof Error ? error.message : 'Nothing was done.', { type: 'error' });
      return false;
    } finally {
      setPending(false);
      for (const resource of ['dead-letters', 'activity'])
        await queryClient.invalidateQueries({ queryKey: [resource] });
    }
  };
  return { settle, isPending };
};
