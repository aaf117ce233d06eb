import { type ChangeFrame, type Frame, frameSchema } from '@penstock/domain/frames';
import type { DetailsItem, OfferItem } from '@penstock/domain/items';
import { type Audience, topicAudience } from '@penstock/domain/topics';
import type { ConnectionStore } from '@penstock/platform/connection-store';
import { makeLogger } from '@penstock/platform/logger';
import type { ProductRows, ProductRowsReader } from '@penstock/platform/product-rows';
import type { SnapshotStore } from '@penstock/platform/snapshot-store';
import type { PushOutcome, SocketPush } from '@penstock/platform/socket-push';
import { makeMemoryConnectionStore } from '@penstock/platform/testing/memory-connection-store';
import { makeMemorySnapshotStore } from '@penstock/platform/testing/memory-snapshot-store';
import { makeMemorySocketPush } from '@penstock/platform/testing/memory-socket-push';
import { makeStreamRecord, type TestChange } from '@penstock/platform/testing/stream-event';
import type { orderFrames } from '#core/frame-drafts';
import { makeFrameMemory } from '#core/frame-memory';
import { type FrameRules, frameRules } from '#core/frame-rules';
import { makePostBudget } from '#core/post-budget';
import { makeAnnounceCatalogue } from '#flows/announce-catalogue';
import { makeBroadcast } from '#flows/broadcast';
import { makePostFrames } from '#flows/post-frames';
import { makeBasketFrames, makeOrderFrames, makeProductFrames } from '#flows/table-frames';

export const nowMs = Date.parse('2025-11-23T10:00:10.000Z');
export const timeoutMs = 15_000;

export type RoomOptions = {
  readonly outcomes?: Readonly<Record<string, PushOutcome>>;
  /** What a post costs on the clock, ms. */
  readonly postMs?: number;
  /** The budget of this instance (H4); 1,000 when left out. */
  readonly postsPerSecond?: number;
  /** Runs before each post. */
  readonly push?: () => Promise<void>;
  readonly snapshot?: SnapshotStore;
  /** Planted faults. */
  readonly rules?: Partial<FrameRules>;
  readonly orderFrames?: typeof orderFrames;
  readonly connections?: (store: ConnectionStore) => ConnectionStore;
};

/** Both stream readers on stores in memory, with everything that left them. */
export const makeRoom = ({ outcomes = {}, postMs = 0, rules = {}, ...planted }: RoomOptions = {}) => {
  let now = nowMs;
  const clock = { now: () => now };
  const lines: string[] = [];
  const logger = makeLogger({
    functionName: 'test',
    level: 'debug',
    now: clock.now,
    write: (line) => lines.push(line),
  });
  const stored = makeMemoryConnectionStore({ clock });
  const connections = planted.connections?.(stored) ?? stored;
  const sockets = makeMemorySocketPush(outcomes);
  const budget = makePostBudget(planted.postsPerSecond ?? 1000);
  const postedAtMs: number[] = [];
  const push: SocketPush = {
    ...sockets.push,
    post: async (connectionId, text) => {
      const atMs = budget.reserve(now);
      now = Math.max(now, atMs) + postMs;
      postedAtMs.push(atMs);
      await planted.push?.();
      return sockets.push.post(connectionId, text);
    },
  };
  let minted = 0;
  const postFrames = makePostFrames({
    connections,
    push,
    rules: { ...frameRules, ...rules },
    budget,
    memory: makeFrameMemory(),
    // What need not wait goes on first, as it would.
    sleep: async (delayMs) => {
      const untilMs = now + delayMs;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, untilMs);
    },
    clock,
    logger,
    mintId: () => `minted-${++minted}`,
  });
  const products = new Map<string, ProductRows>();
  const rows: ProductRowsReader = {
    read: async (ids) => new Map(ids.flatMap((id) => (products.has(id) ? [[id, products.get(id) ?? {}]] : []))),
  };
  const snapshot = planted.snapshot ?? makeMemorySnapshotStore();
  const broadcast = makeBroadcast({
    frames: new Map([
      ['products', makeProductFrames({ rows, logger })],
      ['baskets', makeBasketFrames({ snapshot, logger })],
      [
        'orders',
        makeOrderFrames({ logger, ...(planted.orderFrames === undefined ? {} : { framesOf: planted.orderFrames }) }),
      ],
    ]),
    postFrames,
    clock,
    logger,
  });
  const announce = makeAnnounceCatalogue({
    rows,
    snapshot,
    postFrames,
    clock,
    random: () => 0,
    logger,
    sleep: async () => undefined,
  });

  return {
    connections: stored,
    snapshot,
    rows,
    lines,
    closed: sockets.closed,
    /** When each post left, ms. */
    postedAtMs,
    texts: () => sockets.sent.map((each) => each.text),
    frames: (connectionId?: string): readonly Frame[] =>
      sockets.sent
        .filter((each) => connectionId === undefined || each.connectionId === connectionId)
        .map((each) => frameSchema.parse(JSON.parse(each.text))),
    changes: (topic: string): readonly ChangeFrame[] =>
      sockets.sent
        .map((each) => frameSchema.parse(JSON.parse(each.text)))
        .filter((frame) => frame.type === 'change' && frame.topic === topic) as ChangeFrame[],
    store: (offer: OfferItem, details?: DetailsItem) =>
      products.set(offer.id, { offer, ...(details === undefined ? {} : { details }) }),
    join: async (connectionId: string, topics: readonly string[], options: JoinOptions = {}) => {
      const audience = options.audience ?? (topics.some((each) => topicAudience(each) === 'staff') ? 'staff' : 'shop');
      const connectedAt = new Date(nowMs - (options.ageMs ?? 60_000)).toISOString();
      await stored.open({ connectionId, audience, connectedAt });
      await stored.setTopics({ connectionId, audience, connectedAt, topics: [] }, topics);
    },
    broadcast: (changes: readonly TestChange[]) => broadcast({ Records: changes.map(makeStreamRecord) }, timeoutMs),
    announce: (changes: readonly TestChange[], remainingMs = timeoutMs) =>
      announce({ Records: changes.map(makeStreamRecord) }, remainingMs),
    broadcastEvent: broadcast,
    advance: (ms: number) => {
      now += ms;
    },
  };
};

type JoinOptions = { readonly audience?: Audience; readonly ageMs?: number };
export type Room = ReturnType<typeof makeRoom>;
