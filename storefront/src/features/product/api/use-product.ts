import type { Product } from '@penstock/domain/product';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTopic } from '#lib/live/use-topic.ts';
import { productQuery } from '#lib/products/product-queries.ts';
import { useServices } from '#lib/services.ts';

/** One product, live: a frame is the whole public view, a frame without data says that it is no longer sold. */
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
  return useQuery(query);
};
