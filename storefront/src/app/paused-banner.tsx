import { useQuery } from '@tanstack/react-query';
import { useServices } from '#lib/services.ts';

type Health = { readonly ordersPaused?: boolean };

/** Staff may stop the orders at any time; a shopper should know before the checkout. */
const askEveryMs = 30_000;

/** Says that the shop takes no orders at the moment. Nothing is shown while it does, or while nobody knows. */
export const PausedBanner = () => {
  const { http } = useServices();
  const { data: isPaused = false } = useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) => (await http<Health>('GET', '/health', { signal })).body.ordersPaused === true,
    refetchInterval: askEveryMs,
  });
  return isPaused ? (
    <p className="banner" role="status">
      We take no orders at the moment. Your basket is kept, and an order that you send now goes out by itself when we
      are back.
    </p>
  ) : null;
};
