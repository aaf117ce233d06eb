/**
 * The journeys, and what one step of each costs the table that binds it. A profile says "five times the capacity"; the
 * two together give a rate. A journey knows nothing of time, a profile nothing of shops.
 */
export const journeyNames = [
  'browse',
  'basket-storm',
  'checkout-rush',
  'flash-sale',
  'mixed',
  'writes',
  'watchers',
] as const;
export type JourneyName = (typeof journeyNames)[number];

export type Journey = {
  readonly says: string;
  /** The table whose write capacity binds first, and the queue in front of it. */
  readonly table: 'orders' | 'baskets' | 'products';
  readonly queue: 'orders' | 'baskets';
  /**
   * Write units of that table that one step costs when nothing is folded or grouped: an order's row is 2 (transactional,
   * below 1 KB), each of its decrements 2, a basket op 1. Sources: the capacity rules of DynamoDB, and docs/data.md.
   */
  readonly unitsPerStep: number;
  /** Whether sockets stay open beside the load. */
  readonly watchers: number;
};

export const journeys: Readonly<Record<JourneyName, Journey>> = {
  // Reads are not metered against the writes; one a write unit is a rate that the machine bears.
  browse: { says: 'pages, searches and products', table: 'orders', queue: 'orders', unitsPerStep: 1, watchers: 0 },
  'basket-storm': {
    says: 'sixty baskets, edited all the time',
    table: 'baskets',
    queue: 'baskets',
    unitsPerStep: 1,
    watchers: 0,
  },
  'checkout-rush': {
    says: 'orders of two lines, popular products first',
    table: 'products',
    queue: 'orders',
    unitsPerStep: 4,
    watchers: 0,
  },
  'flash-sale': {
    says: 'one product, more buyers than units',
    table: 'orders',
    queue: 'orders',
    unitsPerStep: 2,
    watchers: 0,
  },
  // Of a hundred steps 23 edit a basket, and 7 edit two lines and order them, which removes both again.
  mixed: {
    says: 'browsing, baskets and orders as in a shop',
    table: 'baskets',
    queue: 'baskets',
    unitsPerStep: 0.5,
    watchers: 0,
  },
  // The tables' own load without the reading: of ten steps nine edit a basket and one is an order.
  writes: {
    says: 'nine basket edits for every order',
    table: 'baskets',
    queue: 'baskets',
    unitsPerStep: 0.9,
    watchers: 0,
  },
  watchers: {
    says: 'orders while other people watch',
    table: 'products',
    queue: 'orders',
    unitsPerStep: 4,
    watchers: 20,
  },
};
