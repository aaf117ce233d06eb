import type { Product } from '@penstock/domain/product';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from '#lib/services.ts';
import { isolated } from '#lib/text/format.ts';
import { useToast } from '#ui/toasts.tsx';

/** Says when the server will not take a change of the basket: it is undone, never silently. */
export const useTurnedDown = (): void => {
  const { onTurnedDown } = useServices();
  const toast = useToast();
  const client = useQueryClient();
  useEffect(
    () =>
      onTurnedDown((op, error) => {
        const name = client.getQueryData<Product>(['product', op.line])?.name ?? op.line;
        toast({ text: `The change of ${isolated(name)} was not possible. ${error.message}`, about: op.line });
      }),
    [onTurnedDown, toast, client],
  );
};
