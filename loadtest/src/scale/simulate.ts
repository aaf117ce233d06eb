import { quotas } from '#scale/limits';
import { type Load, type Path, unitsPerOrder } from '#scale/load';

export type Spike = { readonly fromSecond: number; readonly seconds: number; readonly times: number };
export type Simulated = {
  /** Share of the writes that the gateway refused with 429, not confirmed and free to come again. */
  readonly refusedShare: number;
  readonly ordersWaitingMax: number;
  /** Longest time from accepted to written, seconds. */
  readonly orderWaitMax: number;
  readonly editWaitMax: number;
  /** From the end of the spike to empty queues; undefined: they never got empty. */
  readonly drainSeconds: number | undefined;
};

/**
 * The path second by second, as a fluid: arrivals, what the gateway lets in, two queues, and what the tables take from
 * them. It knows no latency and no chance, so it says what a limit costs, not how a second feels.
 */
export const simulate = (load: Load, path: Path, spike: Spike, seconds: number): Simulated => {
  const units = unitsPerOrder(load, path.ordersPerCommit);
  const table = path.onDemand ? quotas.tableUnits : path.tableUnits;
  const ordersTaken = Math.min(table / units.orders, table / units.products);
  const editsTaken = table * path.editsPerWrite;
  const callsPerOrder = 1 + load.editsPerOrder + load.readsPerOrder + path.framesPerOrder;
  const state = { orders: 0, edits: 0, offered: 0, refused: 0, ordersMax: 0, orderWait: 0, editWait: 0 };
  let emptyAt: number | undefined;
  for (let second = 0; second < seconds; second += 1) {
    const isSpike = second >= spike.fromSecond && second < spike.fromSecond + spike.seconds;
    const offered = load.ordersPerSecond * (isSpike ? spike.times : 1);
    const accepted = Math.min(offered, path.gatewayCalls / callsPerOrder);
    state.offered += offered;
    state.refused += offered - accepted;
    state.orders = Math.max(0, state.orders + accepted - ordersTaken);
    state.edits = Math.max(0, state.edits + accepted * load.editsPerOrder - editsTaken);
    state.ordersMax = Math.max(state.ordersMax, state.orders);
    state.orderWait = Math.max(state.orderWait, state.orders / ordersTaken);
    state.editWait = Math.max(state.editWait, state.edits / editsTaken);
    const isAfter = second >= spike.fromSecond + spike.seconds;
    if (isAfter && emptyAt === undefined && state.orders === 0 && state.edits === 0) emptyAt = second;
  }
  return {
    refusedShare: state.offered === 0 ? 0 : state.refused / state.offered,
    ordersWaitingMax: state.ordersMax,
    orderWaitMax: state.orderWait,
    editWaitMax: state.editWait,
    drainSeconds: emptyAt === undefined ? undefined : emptyAt - spike.fromSecond - spike.seconds,
  };
};
