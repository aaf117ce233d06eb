/**
 * The journeys, and what one step of each costs the table that binds it. A profile says "five times the capacity"; the
 * two together give a rate. A journey knows nothing of time, a profile nothing of shops.
 */
export const journeyNames = ['browse', 'basket-storm', 'checkout-rush', 'flash-sale', 'mixed', 'watchers'] as const;
export type JourneyName = (typeof journeyNames)[number];

export type Journey = {
  readonly says: string;
  /** The table whose write capacity binds first. */
  readonly table: 'orders' | 'baskets' | 'products';
  /**
   * Write units of that table that one step costs when nothing is folded: an order row is a transactional put of a row
   * of 1 to 2 KB, thus 4; a basket op is a row below 1 KB, thus 1. Sources: the capacity rules of DynamoDB, and docs/data.md.
   */
  readonly unitsPerStep: number;
  /** Whether sockets stay open beside the load. */
  readonly watchers: number;
};

export const journeys: Readonly<Record<JourneyName, Journey>> = {
  browse: { says: 'pages, searches and products', table: 'orders', unitsPerStep: 1, watchers: 0 },
  'basket-storm': {
    says: 'a few hundred baskets, edited all the time',
    table: 'baskets',
    unitsPerStep: 1,
    watchers: 0,
  },
  'checkout-rush': {
    says: 'orders of two lines, popular products first',
    table: 'orders',
    unitsPerStep: 4,
    watchers: 0,
  },
  'flash-sale': { says: 'one product, more buyers than units', table: 'orders', unitsPerStep: 4, watchers: 0 },
  mixed: { says: 'browsing, baskets and orders as in a shop', table: 'orders', unitsPerStep: 1, watchers: 0 },
  watchers: { says: 'orders while other people watch', table: 'orders', unitsPerStep: 4, watchers: 20 },
};
