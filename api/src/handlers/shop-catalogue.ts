import { warmSnapshot } from '@penstock/platform/snapshot-reader';
import { composeSecrets, composeShared, composeShopCatalogue } from '#compose';
import { shopCatalogueRoutes } from '#flows/shop-catalogue';
import { makeApi } from '#http/api';
import { callOfHttpApi } from '#http/api-call';
import { requireOriginSecret } from '#http/guards';

const shared = composeShared(process.env);
const deps = composeShopCatalogue(shared);
// While the functions start, not when somebody waits for the list.
void warmSnapshot(deps.snapshot);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(composeSecrets(shared))],
  routes: shopCatalogueRoutes(deps),
});
