import { useMutation } from '@tanstack/react-query';
import { useServices } from '#lib/services.ts';

/**
 * Asks for the cancellation. The key is the order's own, so that asking twice is one move. That the shop took it is kept with
 * the receipt: a page opened later shows it as waiting, too.
 */
export const useCancelOrder = (id: string, receipt: string) => {
  const { http, orders, clock } = useServices();
  return useMutation({
    // Offline it fails at once, with words, and does not wait in silence.
    networkMode: 'always',
    onSuccess: () => orders.noteCancelAsked(id, new Date(clock.now()).toISOString()),
    mutationFn: () =>
      http('POST', `/orders/${id}/cancellation`, {
        headers: { 'Order-Receipt': receipt, 'Idempotency-Key': `cancel-${id}` },
      }),
  });
};
