import type { CataloguePage } from '@penstock/domain/catalogue';
import type { Product } from '@penstock/domain/product';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTopic } from '#lib/live/use-topic.ts';
import type { Http } from '#lib/net/http.ts';
import { patchesIn, patchProduct } from '#lib/products/patches.ts';
import { useServices } from '#lib/services.ts';

/** Asked of a category, so that there is a choice beside the product itself. */
const pageSize = 24;
const relatedMax = 4;

const relatedQuery = (http: Http, category: string) =>
  queryOptions({
    queryKey: ['related', category],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ category, pageSize: String(pageSize) });
      return (await http<CataloguePage>('GET', `/products?${query}`, { signal })).body.items;
    },
  });

/** Other products of the category, those that follow it by name; prices and stock follow the frames. */
export const useRelated = ({ id, category }: Product): readonly Product[] => {
  const { http } = useServices();
  const client = useQueryClient();
  const query = relatedQuery(http, category);
  useTopic('catalogue', {
    onReady: () => void client.invalidateQueries({ queryKey: query.queryKey }),
    onRefetch: () => void client.invalidateQueries({ queryKey: query.queryKey }),
    onChange: ({ data }) => {
      const patches = new Map(patchesIn(data).map((patch) => [patch.id, patch]));
      client.setQueryData<Product[]>(query.queryKey, (items) =>
        items?.map((item) => patchProduct(item, patches.get(item.id))),
      );
    },
  });
  return followersOf(useQuery(query).data ?? [], id);
};

/** The next few after a product, from the end back to the start. */
export const followersOf = <P extends { readonly id: string }>(items: readonly P[], id: string): readonly P[] => {
  const at = items.findIndex((item) => item.id === id);
  return [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))].slice(0, relatedMax);
};
