/** The function shop-orders of the write path `direct`: the same routes, but a send is a write (docs/decisions/006). */
import { composeSecrets, composeShared, composeShopOrders } from '@penstock/api/compose';
import { shopOrdersRoutes } from '@penstock/api/flows/shop-orders';
import { makeApi } from '@penstock/api/http/api';
import { callOfHttpApi } from '@penstock/api/http/api-call';
import { requireOriginSecret } from '@penstock/api/http/guards';
import { composeDirectWrites } from '@penstock/workers/compose-direct';

const shared = composeShared(process.env);
const secrets = composeSecrets(shared);
const deps = composeShopOrders(shared, secrets);
const { sendOrder } = composeDirectWrites(process.env);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(secrets)],
  routes: shopOrdersRoutes({ ...deps, queue: { ...deps.queue, sendOrder } }),
});
