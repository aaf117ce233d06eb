import { randomUUID } from 'node:crypto';
import type { StoredProduct } from '#audit/stored';
import type { JourneyName } from '#journeys';
import { type Plan, stepsOffered } from '#plan';
import type { Cloud } from '#run/cloud';
import { callControl } from '#run/control';
import { linesOf } from '#run/json';

/** How often a busy table may answer 503 before the preparation gives up. */
const tries = 20;

/** An edit sets a shelf to 100,000 units at most (domain, stockChange), and some are there already. */
const deltaMax = 90_000;

/**
 * Fills the shelves, so that stock is not what the run measures: every product gets twice what is offered. In a flash
 * sale its product gets exactly its units. By the admin API, so that the ledger knows of it.
 */
export const fillShelves = async (cloud: Cloud, plan: Plan): Promise<void> => {
  if (plan.journey === 'browse' || plan.journey === 'basket-storm') return;
  const delta = Math.min(deltaMax, Math.ceil(stepsOffered(plan.steps) * 2));
  for (const { id, version, stock, archived } of await exportProducts(cloud.controlUrl)) {
    if (archived) continue;
    const wanted = id === plan.flash?.productId ? plan.flash.units : stock.available + delta;
    await changeStock(cloud, id, version, { seen: stock.available, wanted, reason: 'load test' });
  }
};

/** The product of the flash sale: the first that is in stock. undefined for other journeys. */
export const flashProductOf = async (cloud: Cloud, journey: JourneyName): Promise<string | undefined> =>
  journey === 'flash-sale'
    ? (await exportProducts(cloud.controlUrl)).find(({ archived, stock }) => !archived && stock.available > 0)?.id
    : undefined;

const exportProducts = async (controlUrl: string): Promise<readonly StoredProduct[]> =>
  linesOf<StoredProduct>(await callControl(controlUrl, 'GET', '/export/products'));

const changeStock = async (
  { adminApiUrl }: Cloud,
  id: string,
  version: number,
  stockChange: { readonly seen: number; readonly wanted: number; readonly reason: string },
): Promise<void> => {
  const key = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(`${adminApiUrl}/products/${id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'X-Staff-Name': 'load test', 'Idempotency-Key': key },
      body: JSON.stringify({ version, stockChange }),
    });
    const text = await answer.text();
    if (answer.ok) return;
    if (answer.status !== 503 || attempt === tries)
      throw new Error(`The stock of ${id} could not be set: ${answer.status} ${text.slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};
