import { composeSecrets, composeShared, composeShopOrders } from '#compose';
import { shopOrdersRoutes } from '#flows/shop-orders';
import { makeApi } from '#http/api';
import { callOfHttpApi } from '#http/api-call';
import { requireOriginSecret } from '#http/guards';

const shared = composeShared(process.env);
const secrets = composeSecrets(shared);
const deps = composeShopOrders(shared, secrets);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(secrets)],
  routes: shopOrdersRoutes(deps),
});
