import { useEffect } from 'react';
import { useServices } from '#lib/services.ts';
import { useToast } from '#ui/toasts.tsx';

/** Says when the server will not take a change of the basket: it is undone, never silently. */
export const useTurnedDown = (): void => {
  const { onTurnedDown } = useServices();
  const toast = useToast();
  useEffect(
    () => onTurnedDown((op, error) => toast({ text: `The change of ${op.line} was not possible. ${error.message}` })),
    [onTurnedDown, toast],
  );
};
