import type { CataloguePage } from '@penstock/domain/catalogue';
import type { Product } from '@penstock/domain/product';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTopic } from '#lib/live/use-topic.ts';
import { productQuery } from '#lib/products/product-queries.ts';
import { useServices } from '#lib/services.ts';
import { retryQuietly, useTryAgain } from '#lib/use-try-again.ts';

/**
 * One product, live: a frame is the whole public view, a frame without data says that it is no longer sold. What a list has
 * said of it is shown at once, and asked for anew.
 */
export const useProduct = (id: string) => {
  const { http } = useServices();
  const client = useQueryClient();
  const query = productQuery(http, id);
  const refetch = (): void => void client.invalidateQueries({ queryKey: query.queryKey });
  useTopic(`product/${id}`, {
    onReady: refetch,
    onRefetch: refetch,
    onChange: ({ rev, data }) => {
      if (data === null) refetch();
      else
        client.setQueryData<Product>(query.queryKey, (known) =>
          known && known.rev >= rev ? known : (data as Product),
        );
    },
  });
  const question = useQuery({
    ...query,
    initialData: () => productInLists(client, id),
    initialDataUpdatedAt: 0,
    retry: retryQuietly,
  });
  return { product: question.data, isPaused: question.fetchStatus === 'paused', trouble: useTryAgain(question) };
};

/** The product as the newest list that holds it has it: lists carry whole products. */
const productInLists = (client: QueryClient, id: string): Product | undefined =>
  [
    ...client.getQueriesData<CataloguePage>({ queryKey: ['products'] }).flatMap(([, page]) => page?.items ?? []),
    ...client.getQueriesData<readonly Product[]>({ queryKey: ['related'] }).flatMap(([, items]) => items ?? []),
  ]
    .filter((product) => product.id === id)
    .reduce<Product | undefined>((newest, each) => (newest && newest.rev >= each.rev ? newest : each), undefined);
