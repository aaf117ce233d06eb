import type { Order } from '@penstock/domain/order';
import { isFinal } from '@penstock/domain/order-states';
import { type Query, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useIsLive, useTopic } from '#lib/live/use-topic.ts';
import type { Http } from '#lib/net/http.ts';
import { retryAfterOf } from '#lib/net/problem.ts';
import type { AnyOrder } from '#lib/orders/any-order.ts';
import { useServices } from '#lib/services.ts';

export type { AnyOrder };
export type OrderAnswer = { readonly order: AnyOrder; readonly retryAfterMs: number | undefined };

const orderQuery = (http: Http, id: string, receipt: string | undefined) =>
  queryOptions({
    queryKey: ['order', id, receipt ?? ''],
    queryFn: async ({ signal }): Promise<OrderAnswer> => {
      const headers: Record<string, string> = receipt === undefined ? {} : { 'Order-Receipt': receipt };
      const { body, retryAfterMs } = await http<AnyOrder>('GET', `/orders/${id}`, { signal, headers });
      return { order: body, retryAfterMs };
    },
  });

/** An order, live by its topic, and by asking from time to time when the socket is away. What is answered is kept with its receipt. */
export const useOrder = (id: string, receipt: string | undefined) => {
  const { http, orders } = useServices();
  const client = useQueryClient();
  const topic = `order/${id}`;
  const isLive = useIsLive(topic);
  const query = orderQuery(http, id, receipt);
  const refetch = (): void => void client.invalidateQueries({ queryKey: query.queryKey });
  useTopic(topic, {
    onReady: refetch,
    onRefetch: refetch,
    onChange: ({ rev, data }) => {
      const known = client.getQueryData(query.queryKey)?.order;
      const merged = known === undefined ? undefined : mergeFrame(known, rev, data, receipt !== undefined);
      if (merged === 'ask') refetch();
      else if (merged !== undefined) client.setQueryData(query.queryKey, { order: merged, retryAfterMs: undefined });
    },
  });
  const question = useQuery({ ...query, refetchInterval: (state) => askAgainMs(state, isLive) });
  const order = question.data?.order;
  useEffect(() => {
    if (order !== undefined) orders.note(id, order);
  }, [orders, id, order]);
  return question;
};

/**
 * A frame is the public view: contact and address stay as they are. `ask` when only GET can tell: a receipt may belong to
 * another body than the one that was stored (A4), which the public frame does not say.
 */
export const mergeFrame = (
  known: AnyOrder,
  rev: number,
  data: unknown,
  hasReceipt: boolean,
): AnyOrder | 'ask' | undefined => {
  if (data === null) return 'ask';
  if (!('rev' in known)) return undefined;
  if (rev <= known.rev) return undefined;
  if (hasReceipt && known.rev === 0) return 'ask';
  return { ...known, ...(data as Order) };
};

/** Slowest pace of asking: without a socket, and as a safety net beside one while the order is not settled. */
const paceMaxMs = 30_000;

/** When to ask again: never once the state is final; by Retry-After, growing by half each time, while the socket is away. */
const askAgainMs = ({ state }: Pick<Query<OrderAnswer>, 'state'>, isLive: boolean): number | false => {
  const answer = state.data;
  if (answer !== undefined && isFinal(answer.order.status)) return false;
  const isSettled = answer !== undefined && 'rev' in answer.order && answer.order.rev > 0;
  if (isLive) return isSettled ? false : paceMaxMs;
  const growing = Math.min(paceMaxMs, 1000 * 1.5 ** Math.min(state.dataUpdateCount + state.errorUpdateCount, 12));
  const askedForMs = retryAfterOf(state.error) ?? answer?.retryAfterMs ?? 0;
  return Math.max(growing, askedForMs) * (1 + Math.random() * 0.2);
};
