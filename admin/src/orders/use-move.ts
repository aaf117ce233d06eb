import type { StaffOrder } from '@penstock/domain/order';
import type { MoveTarget } from '@penstock/domain/order-states';
import { useRef } from 'react';
import { HttpError, useNotify, useRefresh, useUpdate } from 'react-admin';
import { overtakenText } from '#orders/words.ts';

/** Asks for a move of an order. One press is one call: what is pressed again before the answer is not asked again. */
export const useMove = (order: StaffOrder) => {
  // The data of a move is a command, not a part of the record: the hook's own record type is too narrow for it.
  const [update, { isPending, isPaused, variables }] = useUpdate();
  // A second click comes before the button is drawn as disabled.
  const isAsked = useRef(false);
  const notify = useNotify();
  const refresh = useRefresh();

  const move = (status: MoveTarget): void => {
    if (isAsked.current) return;
    isAsked.current = true;
    update(
      'orders',
      { id: order.id, data: { status, statusSeen: order.status }, previousData: order },
      {
        mutationMode: 'pessimistic',
        onSettled: () => {
          isAsked.current = false;
        },
        onError: (error) => {
          notify(faultText(error, status), { type: 'error' });
          if (error instanceof HttpError && error.status === 409) refresh();
        },
      },
    );
  };

  const asked = (variables as { readonly data?: { readonly status?: MoveTarget } } | undefined)?.data?.status;
  return { move, isSending: isPending, waitsForLine: isPending && isPaused ? asked : undefined };
};

/** Whoever was faster is named by the order that comes with the refusal, at the reader's own time. */
const faultText = (error: unknown, wanted: MoveTarget): string => {
  const current =
    error instanceof HttpError ? (error.body as { current?: StaffOrder } | undefined)?.current : undefined;
  if (current !== undefined) return overtakenText(current, wanted);
  return error instanceof Error ? error.message : 'The move was not taken.';
};
