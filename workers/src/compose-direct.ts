import { randomUUID } from 'node:crypto';
import { makeDynamoDbBasketStore } from '@penstock/platform/basket-store';
import { makeDynamoDbOrderStore } from '@penstock/platform/dynamodb-order-store';
import { composeDrainParts } from '#compose';
import { makeFoldBaskets } from '#flows/fold-baskets';
import { makePlaceOrders } from '#flows/place-orders';
import { makeWriteDirectly } from '#flows/write-directly';

/**
 * The accept path's sends as writes, with the SDK's own retries: the write path `direct` (docs/decisions/006). Only the
 * one-machine cloud composes it with the API; no function that is deployed imports this file.
 */
export const composeDirectWrites = (environment: Readonly<Record<string, string | undefined>>) => {
  const baskets = composeDrainParts(environment, { queue: 'baskets', sqsName: 'baskets.fifo' }, [], 'sdk-default');
  const orders = composeDrainParts(environment, { queue: 'orders', sqsName: 'orders' }, [], 'sdk-default');
  const foldBaskets = makeFoldBaskets({ ...baskets, baskets: makeDynamoDbBasketStore(baskets) });
  const { sendBasketOps } = makeWriteDirectly({ placeOrders: foldBaskets, foldBaskets, mintId: randomUUID });
  const placeOrders = makePlaceOrders({
    ...orders,
    orders: makeDynamoDbOrderStore(orders),
    queue: { sendBasketOps },
  });
  return makeWriteDirectly({ placeOrders, foldBaskets, mintId: randomUUID });
};
