import type { AcceptedOrder } from '@penstock/domain/order';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useOrder } from '#features/order/api/use-order.ts';
import type { OrderedLine } from '#lib/orders/order-book.ts';
import { useServices } from '#lib/services.ts';
import { useToast } from '#ui/toasts.tsx';

type Props = {
  readonly order: AcceptedOrder;
  readonly basketId: string;
  readonly lines: readonly OrderedLine[];
};

/** Follows an accepted order until it is placed or refused, on whichever page: a refusal gives its lines back (C9). */
export const OrderFollower = ({ order: accepted, basketId, lines }: Props) => {
  const { basket, orders } = useServices();
  const { data } = useOrder(accepted.id, accepted.receipt);
  const tell = useTellElsewhere(accepted);
  const order = data?.order;
  const outcome = order === undefined ? undefined : outcomeOf(order);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an outcome is told once; tell changes with every page.
  useEffect(() => {
    if (outcome === undefined) return;
    if (outcome === 'refused') basket.giveBack(basketId, lines);
    tell(outcome);
    orders.settle(accepted.id, outcome).catch((error: unknown) => console.error(error));
  }, [outcome, accepted.id, basketId, lines, basket, orders]);
  return null;
};

const outcomeOf = (order: { readonly status: string; readonly rev?: number }): 'placed' | 'refused' | undefined => {
  if (order.status === 'rejected') return 'refused';
  return order.rev !== undefined && order.rev > 0 ? 'placed' : undefined;
};

/** A toast for people who are not on the order's own page. A refusal is told by a banner, which stays. */
const useTellElsewhere = ({ id, number }: AcceptedOrder): ((outcome: 'placed' | 'refused') => void) => {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const toast = useToast();
  return (outcome) => {
    if (pathname === `/orders/${id}` || outcome === 'refused') return;
    toast({
      text: `Order ${number} is placed.`,
      action: { label: 'Show order', run: () => void navigate(`/orders/${id}`) },
    });
  };
};
