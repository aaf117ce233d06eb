import { composeSecrets, composeShared, composeShopBaskets } from '#compose';
import { shopBasketsRoutes } from '#flows/shop-baskets';
import { makeApi } from '#http/api';
import { callOfHttpApi } from '#http/api-call';
import { requireOriginSecret } from '#http/guards';

const shared = composeShared(process.env);
const deps = composeShopBaskets(shared);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(composeSecrets(shared))],
  routes: shopBasketsRoutes(deps),
});
