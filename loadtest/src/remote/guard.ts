import { CommandRefused } from '#command-line';
import { type Plan, stepsOffered } from '#plan';
import { profiles } from '#profiles';
import { costOfMillion, totalOf } from '#scale/cost';
import { asSet, oneTimes } from '#scale/load';

const loopback: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** The shop API of a deployment. Throws CommandRefused. */
export const readTarget = (text: string): URL => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new CommandRefused(`--target ${text}: give the address of a shop API, such as https://shop.example.com/api.`);
  }
  const isLocal = loopback.includes(url.hostname);
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:'))
    throw new CommandRefused(`--target ${text}: only https, or http on this machine.`);
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    throw new CommandRefused(`--target ${text}: an address alone, without user, query or fragment.`);
  return url;
};

/** As the calls want it: without a slash at its end. */
export const addressOf = (target: URL): string => target.href.replace(/\/+$/, '');

/** What of a run needs the control address, which no deployment has: said by a refusal, not left out in silence. */
export const refuseImpossible = ({ journey, profile }: Pick<Plan, 'journey' | 'profile'>): void => {
  if (journey === 'flash-sale' || journey === 'watchers')
    throw new CommandRefused(`${journey} sets up its shop first, which only the one-machine cloud allows.`);
  const { kills, pause, steps } = profiles[profile];
  if (kills.length > 0 || pause !== undefined || steps.some(({ capacityShare }) => capacityShare !== undefined))
    throw new CommandRefused(`${profile} kills parts or moves capacity, which only the one-machine cloud allows.`);
};

export type Estimate = {
  readonly orders: number;
  readonly edits: number;
  readonly reads: number;
  readonly dollars: number;
};

/** Shares of an arrival of each journey (loadtest/src/k6/journeys.ts). */
const perStep = {
  browse: { orders: 0, edits: 0, reads: 1 },
  'basket-storm': { orders: 0, edits: 1, reads: 0 },
  'checkout-rush': { orders: 1, edits: 0, reads: 0 },
  'flash-sale': { orders: 1, edits: 0, reads: 0 },
  mixed: { orders: 0.07, edits: 0.37, reads: 0.7 },
  writes: { orders: 0.1, edits: 0.9, reads: 0 },
  watchers: { orders: 1, edits: 0, reads: 0 },
} as const;

/** What a run will do to a deployment, and about what it costs there, list prices on demand, rounded up to a cent. */
export const estimateOf = (plan: Plan): Estimate => {
  const steps = stepsOffered(plan.steps);
  const share = perStep[plan.journey];
  const [orders, edits, reads] = [steps * share.orders, steps * share.edits, steps * share.reads].map(Math.round);
  const calls = { orders: orders ?? 0, edits: edits ?? 0, reads: reads ?? 0 };
  // Each order is looked at a few times until it is final; an edit alone costs what a ninth of nine costs.
  const path = { ...asSet, onDemand: true };
  const order = totalOf(costOfMillion({ ...oneTimes, editsPerOrder: 0, readsPerOrder: 10 }, path));
  const withEdits = totalOf(costOfMillion({ ...oneTimes, readsPerOrder: 10 }, path));
  const edit = (withEdits - order) / oneTimes.editsPerOrder;
  const read = totalOf(costOfMillion({ ...oneTimes, editsPerOrder: 0, readsPerOrder: 11 }, path)) - order;
  const millionths = calls.orders * order + calls.edits * edit + calls.reads * read;
  return { ...calls, dollars: Math.ceil(millionths / 1e4) / 100 };
};

/**
 * A target that is not this machine has to be named a second time, after the estimate: this places real orders, which take
 * real stock and are never deleted. Throws CommandRefused.
 */
export const requireConfirmation = (target: URL, confirmed: string | undefined, plan: Plan): void => {
  if (loopback.includes(target.hostname)) return;
  if (confirmed === target.hostname) return;
  const { orders, edits, reads, dollars } = estimateOf(plan);
  throw new CommandRefused(
    [
      `This would load ${target.hostname}, which is not this machine: about ${orders} orders, ${edits} basket edits and ${reads} reads in ${plan.seconds} s.`,
      'The orders are real: they take stock, they stay, and staff see them.',
      `About $${dollars.toFixed(2)} at list prices, beside what the deployment costs anyway.`,
      `If that is what you want, say --confirm ${target.hostname}.`,
    ].join('\n'),
  );
};
