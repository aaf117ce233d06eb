/** Bounds that every door checks. Sources: the write protocol (A1, C2, C3, C5) and the outside contract (sections 2 and 4). */
export const limits = {
  /** Distinct products one order may hold (A1): a single order must always fit one transaction. */
  orderLinesMax: 20,
  /** Units of one product in a line (A1). */
  lineQuantityMax: 99,
  /**
   * Minor units of one price. 20 lines of 99 at this price sum to 1.98e15, below 2^53-1: no order that is taken has a
   * total that cannot be counted exactly (A1).
   */
  priceMinorMax: 1_000_000_000_000,
  /** Bytes of a request body (A1). */
  bodyBytesMax: 64 * 1024,
  /** Page size of the shop's catalogue. */
  pageSizeDefault: 24,
  pageSizeMax: 100,
  /** A stamp further ahead of the server's clock than this is refused (C3). */
  stampAheadMaxMs: 10_000,
  /** Nothing that was accepted is ever this far ahead of a worker's clock: such a register is set aside (C3). */
  stampNeverAheadMs: 60 * 60 * 1000,
  /** The counter of a stamp. */
  stampCounterMax: 999_999_999,
  /** A stamp older than this is refused (C3). */
  stampAgeMaxMs: 14 * 24 * 60 * 60 * 1000,
  /** A basket row above this is refused as a dead letter, reason basket-full (C5). */
  basketBytesMax: 300 * 1024,
  /** A basket lives this long after its last write (C7). */
  basketLifeMs: 60 * 24 * 60 * 60 * 1000,
  /** Topics one connection may take (contract, section 4). */
  topicsMax: 20,
  /** Bytes of one message from a socket client (contract, section 4). */
  socketMessageBytesMax: 4 * 1024,
  /** A frame above this becomes a refetch frame (H1). API Gateway cuts at 32 KB a frame. */
  frameBytesMax: 28 * 1024,
  /** Totals are exact up to here, then capped and marked (contract, section 2). */
  totalExactMax: 1000,
  /** A stock of at most this many units is level "low". */
  stockLowMax: 5,
  /** Share of the products' write capacity that the drains leave to staff; bars count what they may spend (E4). */
  staffShareOfProducts: 0.03,
  /** Bytes of one uploaded picture (facts: upload policy). */
  uploadBytesMax: 5 * 1024 * 1024,
  /** Characters of the reason for settling a dead letter. */
  letterReasonMax: 200,
  /** Pixels of one uploaded picture: a browser needs four bytes for each to draw it, 64 MB at this bound. */
  picturePixelsMax: 16_777_216,
} as const;
