/** The function shop-baskets of the write path `direct`: the same routes, but a send is a write (docs/decisions/006). */
import { composeSecrets, composeShared, composeShopBaskets } from '@penstock/api/compose';
import { shopBasketsRoutes } from '@penstock/api/flows/shop-baskets';
import { makeApi } from '@penstock/api/http/api';
import { callOfHttpApi } from '@penstock/api/http/api-call';
import { requireOriginSecret } from '@penstock/api/http/guards';
import { composeDirectWrites } from '@penstock/workers/compose-direct';

const shared = composeShared(process.env);
const deps = composeShopBaskets(shared);
const { sendBasketOp } = composeDirectWrites(process.env);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(composeSecrets(shared))],
  routes: shopBasketsRoutes({ ...deps, queue: { ...deps.queue, sendBasketOp } }),
});
