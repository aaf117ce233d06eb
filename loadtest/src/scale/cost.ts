import { workMs } from '#scale/limits';
import { type Load, type Path, unitsPerOrder } from '#scale/load';
import { prices, unitMillion } from '#scale/prices';

/** Dollars for a million orders and the edits before them, by what is paid for. */
export type Cost = Readonly<
  Record<'write units' | 'read units' | 'queues' | 'functions' | 'gateway' | 'frames' | 'logs', number>
>;

/** Memory of the functions, GB (topology.json), and what a line of the log holds, KB. */
const functionGb = 0.25;
const logLineKb = 0.7;
/** A message is sent once, and received and deleted with nine others. */
const requestsPerMessage = 1.2;
const messagesPerEvent = 10;

export const costOfMillion = (load: Load, path: Path): Cost => {
  const units = unitsPerOrder(load, path.ordersPerCommit);
  const edits = load.editsPerOrder;
  const folds = edits / path.editsPerWrite;
  const written = units.orders + units.products + units.indexes + folds;
  const writePrice = path.onDemand ? prices.onDemandWriteMillion : unitMillion(prices.writeUnitHour, path.utilisation);
  // Strong reads of the workers: the order, its share of the offers, the basket of each fold.
  const read = 1 + units.products / 2 + folds;
  const events = 1 / messagesPerEvent;
  const calls = 1 + edits + load.readsPerOrder;
  const invocations = calls + events + edits * events + path.framesPerOrder;
  const workedMs =
    (1 + edits) * workMs.accept +
    load.readsPerOrder * workMs.read +
    workMs.commit / path.ordersPerCommit +
    folds * workMs.fold * events +
    path.framesPerOrder * workMs.read;
  return {
    'write units': written * writePrice,
    'read units': read * unitMillion(prices.readUnitHour, path.utilisation),
    queues:
      requestsPerMessage * (prices.sqsStandardMillion + prices.sqsFairSurchargeMillion) +
      edits * requestsPerMessage * prices.sqsFifoMillion,
    functions: invocations * prices.lambdaMillion + (workedMs / 1000) * functionGb * prices.lambdaGbSecond * 1e6,
    gateway: calls * prices.httpApiMillion,
    frames: path.framesPerOrder * prices.socketMessageMillion + path.minutesPerOrder * prices.socketMinuteMillion,
    // One line for each write accepted, each order placed, each fold.
    logs: (1 + edits + 1 + folds) * path.logShare * logLineKb * prices.logGb,
  };
};

export const totalOf = (cost: Cost): number => Object.values(cost).reduce((sum, dollars) => sum + dollars, 0);

/** The settings that could be moved, one at a time. */
export const alternatives: readonly {
  readonly says: string;
  readonly change: Partial<Path>;
  readonly load?: Partial<Load>;
}[] = [
  { says: 'as production is set', change: {} },
  {
    says: 'tables 95 % used instead of 50 %: provision for the mean, let the queue take the peaks',
    change: { utilisation: 0.95 },
  },
  { says: 'tables on demand', change: { onDemand: true } },
  { says: 'one order a commit: no group commit', change: { ordersPerCommit: 1 } },
  { says: '25 orders a commit: topped up while the pacer waits', change: { ordersPerCommit: 25 } },
  { says: 'five edits a write: baskets saturated', change: { editsPerWrite: 5 } },
  { says: 'one frame an order instead of three', change: { framesPerOrder: 1 } },
  { says: 'one outcome line in ten is logged', change: { logShare: 0.1 } },
  { says: 'five reads an order reach the gateway: the edge keeps the rest', change: {}, load: { readsPerOrder: 5 } },
];
