import type { Cloud } from '#cloud';
import { drained, exported } from '#http';
import { type Accepted, makeProduct, newBasket, orderBody, postOrder } from '#shopper';
import { until } from '#until';

type StoredOrder = { id: string; status: string };
type StoredProduct = { id: string; stock: { available: number } | number };

/** Sends with the same body and key until a 202, as the storefront's outbox does (A5). */
export const insist = async (cloud: Cloud, body: unknown, key: string): Promise<Accepted> => {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    try {
      const answer = await postOrder(cloud, body, key);
      if (answer.status === 202) return answer.body;
      if (answer.status < 500 && answer.status !== 429) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('refused')) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('never accepted');
};

const pidOf = (cloud: Cloud, name: string): number => cloud.now().parts.find((part) => part.name === name)?.pid ?? 0;

/** Waits until run.json shows the part up under another pid, and all others up. */
export const cameBack = async (cloud: Cloud, name: string, before: number): Promise<void> => {
  await until(
    `${name} to come back`,
    () => pidOf(cloud, name) !== before && cloud.now().parts.every((part) => part.state === 'up'),
    30_000,
  );
};

/** What became of `count` orders of one unit each, sent while a part was killed. */
export type KillResult = {
  /** Different order ids among the receipts. */
  readonly accepted: number;
  /** Statuses of the accepted orders in the table, each once. */
  readonly statuses: readonly (string | undefined)[];
  readonly unitsSold: number;
};

/** Sends orders, kills the part with SIGKILL in their midst, and waits until the queues are empty. */
export const ordersWhileKilling = async (cloud: Cloud, part: string, count: number): Promise<KillResult> => {
  const stocked = 10_000;
  const product = await makeProduct(cloud, stocked);
  const basketId = await newBasket(cloud);
  const sending = Array.from({ length: count }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 40));
    const body = orderBody(basketId, [{ productId: product.id, quantity: 1, priceMinor: 500 }]);
    return insist(cloud, body, `kill-${part}-order-${index}-aaaa`);
  });
  await new Promise((resolve) => setTimeout(resolve, count * 15));
  const before = pidOf(cloud, part);
  process.kill(before, 'SIGKILL');
  await cameBack(cloud, part, before);
  const accepted = await Promise.all(sending);
  // A message that a dead worker held stays hidden until its visibility ends (90 s).
  await drained(cloud, 150_000);
  const stored = new Map((await exported<StoredOrder>(cloud, 'orders')).map((order) => [order.id, order.status]));
  const left = (await exported<StoredProduct>(cloud, 'products')).find((each) => each.id === product.id)?.stock;
  return {
    accepted: new Set(accepted.map((order) => order.id)).size,
    statuses: [...new Set(accepted.map((order) => stored.get(order.id)))],
    unitsSold: stocked - Number(typeof left === 'number' ? left : left?.available),
  };
};
