import { composeSecrets, composeShared, composeShopCatalogue } from '#compose';
import { shopCatalogueRoutes } from '#flows/shop-catalogue';
import { makeApi } from '#http/api';
import { callOfHttpApi } from '#http/api-call';
import { requireOriginSecret } from '#http/guards';

const shared = composeShared(process.env);
const deps = composeShopCatalogue(shared);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(composeSecrets(shared))],
  routes: shopCatalogueRoutes(deps),
});
