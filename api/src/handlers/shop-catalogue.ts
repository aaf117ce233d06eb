import { composeSecrets, composeShared, composeShopCatalogue } from '#compose';
import { makeHealth, makeListProducts, makeShowProduct } from '#flows/shop-catalogue';
import { makeApi } from '#http/api';
import { callOfHttpApi } from '#http/api-call';
import { requireOriginSecret } from '#http/guards';

const shared = composeShared(process.env);
const deps = composeShopCatalogue(shared);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(composeSecrets(shared))],
  routes: {
    'GET /api/health': makeHealth(deps),
    'GET /api/products': makeListProducts(deps),
    'GET /api/products/{id}': makeShowProduct(deps),
  },
});
