import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useConfig } from '#config-context.ts';
import { httpClient } from '#data/http-client.ts';
import { operationsKey } from '#operations/use-operations.ts';

/** Sends an order to the write path, says what came of it and reads the meters again. */
export const useLever = () => {
  const { apiUrl } = useConfig();
  const queryClient = useQueryClient();
  const notify = useNotify();
  const [isPending, setPending] = useState(false);

  const pull = async (lever: 'capacity' | 'switches', body: object, words: string): Promise<boolean> => {
    setPending(true);
    try {
      await httpClient(`${apiUrl}/operations/${lever}`, { method: 'PUT', body: JSON.stringify(body) });
      notify(words, { type: 'info' });
      await queryClient.invalidateQueries({ queryKey: operationsKey });
      return true;
    } catch (error) {
      notify(error instanceof Error ? error.message : 'The order was not taken.', { type: 'error' });
      return false;
    } finally {
      setPending(false);
    }
  };
  return { pull, isPending };
};
