import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import {
  type SnapshotHeadItem,
  type SnapshotProduct,
  snapshotChunkItemSchema,
  snapshotHeadItemSchema,
} from '@penstock/domain/items';
import { chunkSortKey } from '@penstock/domain/snapshot';
import { batchGetRows } from '#batch-get';
import { errorFields, type Logger } from '#logger';
import { within } from '#reading';
import type { Settings } from '#settings';

/** The catalogue as lists show it, all of it, archived products too. */
export type CatalogueSnapshot = { readonly rev: number; readonly products: readonly SnapshotProduct[] };

export type SnapshotReader = {
  /**
   * From memory; the head is checked when the last check is older than `maxAgeMs`, and what has changed is read again. A
   * check that fails or is late leaves what is known: a list may be a little old. Throws while nothing is known.
   */
  readonly read: (maxAgeMs: number) => Promise<CatalogueSnapshot>;
  /** Whether the last check was made: false tells that the table did not answer. */
  readonly isCurrent: () => boolean;
};

/** Tries to know a catalogue before anybody asks: one a second, ten minutes. */
const warmingsMax = 600;

/**
 * Reads the catalogue before anybody asks for it, and again every second until there is one: an instance that starts while
 * the table is away then has something to serve as soon as it was back once. Never throws: who asks meanwhile hears the fault.
 */
export const warmSnapshot = async (
  { read }: Pick<SnapshotReader, 'read'>,
  pause: (ms: number) => Promise<unknown> = (ms) => sleep(ms, undefined, { ref: false }),
): Promise<void> => {
  for (let tries = 0; tries < warmingsMax; tries += 1) {
    const isKnown = await read(Number.MAX_SAFE_INTEGER).then(
      () => true,
      () => false,
    );
    if (isKnown) return;
    await pause(failureLifeMs);
  }
};

const empty: CatalogueSnapshot = { rev: 0, products: [] };

/** Who has a catalogue in memory waits this long for a newer one. */
const patienceMs = 300;
/** A check that failed is not repeated for this long: a table that is away must not be asked by every call. */
const failureLifeMs = 1000;
/** Chunks of one call: some 4 MB, which a table answers in good time. */
const chunksPerCall = 12;
/** Tries to read head and chunks of one moment, before what came is taken as it is. */
const looksMax = 3;

/** The read side of the snapshot in `views`: one small read a check, chunks only when their rev has moved. */
export const makeSnapshotReader = (deps: {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly clock: Clock;
  readonly logger: Logger;
}): SnapshotReader => {
  const table = deps.settings.tableName('views');
  const chunks = new Map<string, { readonly rev: number; readonly products: readonly SnapshotProduct[] }>();
  let current = empty;
  let isKnown = false;
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let failedAtMs = Number.NEGATIVE_INFINITY;
  let isAway = false;
  let checking: { readonly beganMs: number; readonly made: Promise<CatalogueSnapshot> } | undefined;

  const readHead = async (): Promise<SnapshotHeadItem | undefined> => {
    const answer = await deps.db.send(
      new GetCommand({ TableName: table, Key: { pk: 'catalogue', sk: 'head' }, ConsistentRead: true }),
    );
    return answer.Item === undefined ? undefined : snapshotHeadItemSchema.parse(answer.Item);
  };

  const readChunks = async (names: readonly string[]): Promise<void> => {
    for (let start = 0; start < names.length; start += chunksPerCall) {
      const keys = names
        .slice(start, start + chunksPerCall)
        .map((name) => ({ pk: 'catalogue', sk: chunkSortKey(name) }));
      for (const row of await batchGetRows(deps.db, { table, keys, consistent: true })) {
        const chunk = snapshotChunkItemSchema.parse(row);
        chunks.set(chunk.sk.slice(chunkSortKey('').length), { rev: chunk.rev, products: chunk.products });
      }
    }
  };

  /** A product may move from one chunk to another: only chunks of the very head hold each product once. */
  const check = async (): Promise<CatalogueSnapshot> => {
    for (let looks = 1; ; looks += 1) {
      const head = await readHead();
      if (head === undefined || head.rev === current.rev) return current;
      const isStale = ([name, rev]: [string, number]) => chunks.get(name)?.rev !== rev;
      await readChunks(
        Object.entries(head.chunks)
          .filter(isStale)
          .map(([name]) => name),
      );
      if (looks < looksMax && Object.entries(head.chunks).some(isStale)) continue;
      return { rev: head.rev, products: latestOfEach([...chunks.values()].flatMap(({ products }) => products)) };
    }
  };

  const beginCheck = () => {
    const beganMs = deps.clock.now();
    const made = check().then(
      (snapshot) => {
        if (isAway) deps.logger.info('catalogue-current-again', { rev: snapshot.rev });
        [current, isKnown, checkedAtMs, isAway] = [snapshot, true, beganMs, false];
        failedAtMs = Number.NEGATIVE_INFINITY;
        return snapshot;
      },
      (error: unknown) => {
        if (!isAway && isKnown)
          deps.logger.warn('catalogue-served-from-memory', { rev: current.rev, ...errorFields(error) });
        [isAway, failedAtMs] = [true, deps.clock.now()];
        throw error;
      },
    );
    // Whoever has something to serve may have stopped waiting for it.
    made.catch(() => undefined);
    return { beganMs, made: made.finally(() => (checking = undefined)) };
  };

  return {
    isCurrent: () => !isAway,
    read: async (maxAgeMs) => {
      if (deps.clock.now() - checkedAtMs <= maxAgeMs) return current;
      const isQuiet = isKnown && checking === undefined && deps.clock.now() - failedAtMs < failureLifeMs;
      if (isQuiet) return current;
      checking ??= beginCheck();
      if (!isKnown) return checking.made;
      await within(checking.beganMs + patienceMs - deps.clock.now(), checking.made);
      return current;
    },
  };
};

/** Each product once, in its newest state. */
const latestOfEach = (products: readonly SnapshotProduct[]): readonly SnapshotProduct[] => {
  const byId = new Map<string, SnapshotProduct>();
  for (const product of products) {
    const known = byId.get(product.id);
    if (known === undefined || known.rev < product.rev) byId.set(product.id, product);
  }
  return [...byId.values()];
};
