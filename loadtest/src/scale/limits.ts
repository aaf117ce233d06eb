import { chancesOf, type Load, type Path, unitsPerOrder } from '#scale/load';

/** Something of which there is only so much: what the path needs of it, and what moves it. */
export type Limit = {
  readonly name: string;
  readonly limit: number;
  readonly unit: string;
  readonly needed: number;
  /** Who can move it: a setting of ours, a quota that AWS raises on request, or nobody, for it is one key (AWS: 1,000 WCU/s). */
  readonly kind: 'setting' | 'quota' | 'key';
  readonly moves: string;
};

/** Milliseconds that a function works for a call, as measured on the one-machine cloud and rounded up. */
export const workMs = { accept: 20, commit: 120, fold: 60, read: 15 } as const;

/** Default quotas of an account and Region (AWS Service Quotas, November 2026; sources in docs/scale.md). */
export const quotas = {
  apiCallsPerSecond: 10_000,
  lambdaConcurrency: 1000,
  fifoSendsPerSecond: 70_000,
  tableUnits: 40_000,
  accountUnits: 80_000,
  keyUnits: 1000,
  socketConnectsPerSecond: 500,
} as const;

/** Shards of the indexes `recent` and `open` (docs/data.md). */
const indexShards = 4;

/** Every limit of the path at a load. The one with the largest needed / limit breaks first. */
export const limitsOf = (load: Load, path: Path): readonly Limit[] => {
  const { ordersPerSecond: orders, editsPerOrder, readsPerOrder } = load;
  const edits = orders * editsPerOrder;
  const units = unitsPerOrder(load, path.ordersPerCommit);
  const folded = edits / path.editsPerWrite;
  const commits = orders / path.ordersPerCommit;
  const [popular = 0] = chancesOf(load.products, load.linesPerOrder);
  const frames = orders * path.framesPerOrder;
  const table = path.onDemand ? quotas.tableUnits : path.tableUnits;
  const perTable = path.onDemand ? 'a quota of the table' : 'capacity of the table (UpdateTable, autoscaling)';
  const kind = path.onDemand ? 'quota' : 'setting';
  return [
    {
      name: 'write units of the table orders',
      limit: table,
      unit: 'WCU/s',
      needed: orders * units.orders,
      kind,
      moves: perTable,
    },
    {
      name: 'write units of the table products',
      limit: table,
      unit: 'WCU/s',
      needed: orders * units.products,
      kind,
      moves: `${perTable}; orders in a commit`,
    },
    {
      name: 'write units of the table baskets',
      limit: table,
      unit: 'WCU/s',
      needed: folded,
      kind,
      moves: `${perTable}; edits in a write`,
    },
    {
      name: 'write units of the account, indexes included',
      limit: quotas.accountUnits,
      unit: 'WCU/s',
      needed: orders * (units.orders + units.products + units.indexes) + folded,
      kind: 'quota',
      moves: 'a quota of the account; none on demand',
    },
    {
      name: 'the row of the most popular product',
      limit: quotas.keyUnits,
      unit: 'WCU/s',
      needed: 2 * commits * (1 - (1 - popular) ** path.ordersPerCommit),
      kind: 'key',
      moves: 'orders in a commit; then stock in shards of a product',
    },
    {
      name: 'a shard of the order lists',
      limit: quotas.keyUnits,
      unit: 'WCU/s',
      needed: orders / indexShards,
      kind: 'key',
      moves: 'shards of the indexes `recent` and `open`',
    },
    {
      name: 'calls to the gateway: HTTP and frames together',
      limit: path.gatewayCalls,
      unit: 'calls/s',
      needed: orders * (1 + readsPerOrder) + edits + frames,
      kind: 'quota',
      moves: 'a quota of the account; reads cached at the edge; frames folded',
    },
    {
      name: 'new sockets',
      limit: quotas.socketConnectsPerSecond,
      unit: 'connects/s',
      needed: orders,
      kind: 'quota',
      moves: 'a quota of the account; pages that poll instead',
    },
    {
      name: 'functions at work',
      limit: quotas.lambdaConcurrency,
      unit: 'instances',
      needed:
        ((orders + edits) * workMs.accept +
          orders * readsPerOrder * workMs.read +
          commits * workMs.commit +
          folded * workMs.fold) /
        1000,
      kind: 'quota',
      moves: 'a quota of the account',
    },
    {
      name: 'sends to the queue of the baskets',
      limit: quotas.fifoSendsPerSecond,
      unit: 'sends/s',
      needed: edits,
      kind: 'quota',
      moves: 'a quota of a FIFO queue; more queues by the basket id',
    },
  ];
};

/** The limits that a load passes, the worst first. */
export const broken = (limits: readonly Limit[]): readonly Limit[] =>
  [...limits]
    .filter(({ needed, limit }) => needed > limit)
    .sort((one, two) => two.needed / two.limit - one.needed / one.limit);

/** The limit that is reached first when everything grows alike, and by how much everything can grow until then. */
export const firstToBreak = (
  limits: readonly Limit[],
): { readonly first: Limit | undefined; readonly room: number } => {
  const [first] = [...limits].sort((one, two) => two.needed / two.limit - one.needed / one.limit);
  return { first, room: first === undefined ? Number.POSITIVE_INFINITY : first.limit / first.needed };
};
