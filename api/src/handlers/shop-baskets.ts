import { composeSecrets, composeShared, composeShopBaskets } from '#compose';
import { makeClearBasket, makeCreateBasket, makeRemoveLine, makeSetLine, makeShowBasket } from '#flows/shop-baskets';
import { makeApi } from '#http/api';
import { callOfHttpApi } from '#http/api-call';
import { requireOriginSecret } from '#http/guards';

const shared = composeShared(process.env);
const deps = composeShopBaskets(shared);

export const handler = makeApi({
  ...shared,
  read: callOfHttpApi,
  guards: [requireOriginSecret(composeSecrets(shared))],
  routes: {
    'POST /api/baskets': makeCreateBasket(deps),
    'GET /api/baskets/{id}': makeShowBasket(deps),
    'DELETE /api/baskets/{id}': makeClearBasket(deps),
    'PUT /api/baskets/{id}/lines/{productId}': makeSetLine(deps),
    'DELETE /api/baskets/{id}/lines/{productId}': makeRemoveLine(deps),
  },
});
