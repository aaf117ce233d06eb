import type { Product } from '@penstock/domain/product';
import { queryOptions } from '@tanstack/react-query';
import type { Http } from '#lib/net/http.ts';

/** One product, always read from the table. 404 once it is archived. */
export const productQuery = (http: Http, id: string) =>
  queryOptions({
    queryKey: ['product', id],
    queryFn: async ({ signal }) => (await http<Product>('GET', `/products/${encodeURIComponent(id)}`, { signal })).body,
  });
