import { totalOf, unitsOf } from '#figures';
import type { RunData } from '#run/folder';
import { oneTimes, unitsPerOrder } from '#scale/load';

/** A number of the model beside the same number of a measured run. */
export type Check = {
  readonly name: string;
  readonly model: number;
  readonly measured: number;
  /** |model / measured - 1| may be so much. */
  readonly tolerance: number;
  readonly holds: boolean;
};

/** Groups vary in size and the model knows only their mean; 15 % is what that made of it in runs of 12 to 200 WCU/s. */
const tolerance = 0.15;

/** What the model says of a run that was measured: units per order and index units, or units per basket edit. */
export const checkRun = ({ record, samples, stored }: RunData): readonly Check[] => {
  const last = samples.at(-1);
  const placed = stored.orders.filter(({ status }) => status !== 'rejected').length;
  const checks: Check[] = [];
  const add = (name: string, model: number, measured: number) =>
    checks.push({ name, model, measured, tolerance, holds: Math.abs(model / measured - 1) <= tolerance });
  if (last === undefined) return checks;
  if (record.plan.journey === 'checkout-rush' && placed > 0 && last.ordersPerCommit > 0) {
    const products = stored.productsBefore.filter(({ archived, stock }) => !archived && stock.available > 0).length;
    const units = unitsPerOrder({ ...oneTimes, products }, last.ordersPerCommit);
    add(
      'write units an order',
      units.orders + units.products,
      (unitsOf(last.tables.orders) + unitsOf(last.tables.products)) / placed,
    );
    add('index units an order', units.indexes, totalOf(samples, ({ indexUnits }) => indexUnits) / placed);
  }
  if (record.plan.journey === 'basket-storm' && last.opsPerWrite > 0) {
    const requests = (last.tables.baskets?.requests ?? 0) - (last.tables.baskets?.throttled ?? 0);
    if (requests > 0) add('write units a basket write', 1, unitsOf(last.tables.baskets) / requests);
  }
  return checks;
};
