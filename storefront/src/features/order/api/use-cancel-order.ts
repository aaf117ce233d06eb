import { useMutation } from '@tanstack/react-query';
import { useServices } from '#lib/services.ts';

/** Asks for the cancellation. The key is the order's own, so that asking twice is one move. */
export const useCancelOrder = (id: string, receipt: string) => {
  const { http } = useServices();
  return useMutation({
    mutationFn: () =>
      http('POST', `/orders/${id}/cancellation`, {
        headers: { 'Order-Receipt': receipt, 'Idempotency-Key': `cancel-${id}` },
      }),
  });
};
