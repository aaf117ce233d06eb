/** What shoppers do, and what the path makes of it. All of it is a parameter: `npm run scale` shows which one matters. */
export type Load = {
  readonly ordersPerSecond: number;
  readonly editsPerOrder: number;
  /** Status looks and catalogue pages for each order. */
  readonly readsPerOrder: number;
  readonly linesPerOrder: number;
  /** Products that are sold, the popular ones more often (Zipf, exponent 1). */
  readonly products: number;
};
export type Path = {
  /** Orders in one transaction. */
  readonly ordersPerCommit: number;
  /** Basket edits in one write. */
  readonly editsPerWrite: number;
  /** Share of the provisioned units that is used, over the whole day. */
  readonly utilisation: number;
  readonly onDemand: boolean;
  /** Frames to each shopper's page for an order, and how long it stays open. */
  readonly framesPerOrder: number;
  readonly minutesPerOrder: number;
  /** Share of outcome lines that are written. */
  readonly logShare: number;
  /** Provisioned write units a second of each of the three tables. */
  readonly tableUnits: number;
  /** Calls a second that the gateway takes. */
  readonly gatewayCalls: number;
};

/** 1x: the run of the proof, 10,000 orders and 90,000 basket edits in about twenty minutes. */
export const oneTimes: Load = {
  ordersPerSecond: 10,
  editsPerOrder: 9,
  readsPerOrder: 20,
  linesPerOrder: 2,
  products: 100,
};
export const times = (factor: number): Load => ({
  ...oneTimes,
  ordersPerSecond: oneTimes.ordersPerSecond * factor,
});

/** As production is set (topology.json), with a day that leaves its tables half idle. */
export const asSet: Path = {
  ordersPerCommit: 10,
  editsPerWrite: 2,
  utilisation: 0.5,
  onDemand: false,
  framesPerOrder: 3,
  minutesPerOrder: 10,
  logShare: 1,
  tableUnits: 200,
  gatewayCalls: 10_000,
};

/** Chance that an order of `lines` different products holds each product, by popularity. Lines are drawn one after the other. */
export const chancesOf = (products: number, lines: number): readonly number[] => {
  const weights = Array.from({ length: products }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => weight / total);
  if (lines === 1) return shares;
  // Two lines exactly; a third is drawn as if the first two were put back, which is close enough for a price.
  const second = shares.map((share, index) =>
    shares.reduce((sum, other, at) => (at === index ? sum : sum + (other * share) / (1 - other)), 0),
  );
  return shares.map((share, index) => 1 - (1 - share - (second[index] ?? 0)) * (1 - share) ** Math.max(0, lines - 2));
};

/** Different products in a group of orders, on average: their decrements are merged (D3). */
export const productsInGroup = ({ products, linesPerOrder }: Load, orders: number): number =>
  chancesOf(products, linesPerOrder).reduce((sum, chance) => sum + 1 - (1 - chance) ** orders, 0);

/** Write units of one placed order: its row and its share of the decrements, each twice, for they are transactional. */
export const unitsPerOrder = (load: Load, ordersPerCommit: number) => ({
  orders: 2,
  products: (2 * productsInGroup(load, ordersPerCommit)) / ordersPerCommit,
  /** `recent`, `open`, `by-number`, `by-email`, one each (docs/data.md). */
  indexes: 4,
});
