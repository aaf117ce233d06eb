import type { CataloguePage } from '@penstock/domain/catalogue';
import type { Product } from '@penstock/domain/product';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTopic } from '#lib/live/use-topic.ts';
import type { Http } from '#lib/net/http.ts';
import { factsOf } from '#lib/products/facts.ts';
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

/** Other products of the category, the nearest ones first; prices and stock follow the frames. */
export const useRelated = (product: Product): readonly Product[] => {
  const { http } = useServices();
  const client = useQueryClient();
  const query = relatedQuery(http, product.category);
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
  return relatedTo(useQuery(query).data ?? [], product);
};

/**
 * The few that have most in common with a product: each fact that says the same counts, the country of origin too; among
 * equals the nearest price goes first.
 */
export const relatedTo = (items: readonly Product[], product: Product): readonly Product[] => {
  const own = traitsOf(product);
  return items
    .filter(({ id }) => id !== product.id)
    .map((item) => ({
      item,
      shared: [...traitsOf(item)].filter((trait) => own.has(trait)).length,
      gap: Math.abs(item.price.amountMinor - product.price.amountMinor),
    }))
    .sort((left, right) => right.shared - left.shared || left.gap - right.gap)
    .slice(0, relatedMax)
    .map(({ item }) => item);
};

/** Facts that many products share. Weights say nothing of a taste. */
const telling = ['Origin', 'Leaf', 'Roast', 'Material', 'Made in'];

const traitsOf = ({ description }: Product): ReadonlySet<string> =>
  new Set(
    factsOf(description).list.flatMap(([name, value]) =>
      telling.includes(name) ? [`${name} ${value}`, `country ${value.split(', ').at(-1)}`] : [],
    ),
  );
