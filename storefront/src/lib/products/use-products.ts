import type { Product } from '@penstock/domain/product';
import { type Query, useQueries, useQueryClient } from '@tanstack/react-query';
import { useTopic } from '#lib/live/use-topic.ts';
import { backoffMs } from '#lib/net/backoff.ts';
import { isNotFound, isPassing, retryAfterOf } from '#lib/net/problem.ts';
import { patchesIn, patchProduct } from '#lib/products/patches.ts';
import { productQuery } from '#lib/products/product-queries.ts';
import { useServices } from '#lib/services.ts';

/** A product that a page names. */
export type KnownProduct = {
  readonly product: Product | undefined;
  /** The shop no longer sells it. */
  readonly gone: boolean;
  readonly error: Error | null;
};

/**
 * Some products by id, kept live by the one topic `catalogue`: a socket takes at most 20 topics, and a basket may hold
 * more products than that.
 */
export const useProducts = (ids: readonly string[]): ReadonlyMap<string, KnownProduct> => {
  const { http } = useServices();
  const client = useQueryClient();
  const refetch = (): void => void client.invalidateQueries({ queryKey: ['product'] });
  useTopic(ids.length === 0 ? undefined : 'catalogue', {
    onReady: refetch,
    onRefetch: refetch,
    onChange: ({ data }) => {
      for (const patch of patchesIn(data))
        client.setQueryData<Product>(['product', patch.id], (known) => known && patchProduct(known, patch));
    },
  });
  const results = useQueries({
    queries: ids.map((id) => ({ ...productQuery(http, id), refetchInterval: askAgainMs })),
  });
  return new Map(
    results.map(({ data, error }, index) => [
      ids[index] ?? '',
      { product: isNotFound(error) ? undefined : data, gone: isNotFound(error), error },
    ]),
  );
};

/** One that failed is asked for again for as long as it takes, never before the shop asked for it. */
const askAgainMs = ({
  state: { error, errorUpdateCount },
}: Query<Product, Error, Product, string[]>): number | false =>
  error !== null && isPassing(error) ? backoffMs(errorUpdateCount + 2, Math.random, retryAfterOf(error)) : false;
