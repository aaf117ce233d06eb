import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Random } from '@penstock/domain/clock';
import { type DetailsItem, type OfferItem, offerItemSchema, type SnapshotProduct } from '@penstock/domain/items';
import { chunkRowsOf } from '@penstock/domain/snapshot';
import { type Backoff, backoffMs } from '@penstock/platform/backoff';
import type { Logger } from '@penstock/platform/logger';
import type { ProductRowsReader } from '@penstock/platform/product-rows';
import { faultOf } from '@penstock/platform/row-fault';
import type { SnapshotStore } from '@penstock/platform/snapshot-store';
import { foldCatalogue, snapshotProductOf } from '#core/catalogue-fold';
import { type EntityChange, foldChanges } from '#core/entity-changes';
import { announcedProduct, type FrameDraft, staffProductFrame } from '#core/frame-drafts';
import type { StreamEvent } from '#flows/broadcast';
import type { makePostFrames } from '#flows/post-frames';
import { readRecords, readVersions } from '#flows/read-changes';
import { deadlineOf, type StreamAnswer, streamAnswer } from '#flows/stream-answer';
import { readDetails } from '#flows/table-frames';

export type AnnounceCatalogueDeps = {
  readonly rows: ProductRowsReader;
  readonly snapshot: SnapshotStore;
  readonly postFrames: ReturnType<typeof makePostFrames>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly sleep?: (delayMs: number) => Promise<unknown>;
};

/** The snapshot stayed contended. Transient: the source tries the batch again. */
export class SnapshotContended extends Error {
  readonly code = 'snapshot-contended';
  constructor() {
    super('The catalogue snapshot changed under every try, or the time was used up. The batch is tried again.');
    this.name = 'SnapshotContended';
  }
}

type StoredProduct = { readonly change: EntityChange<OfferItem>; readonly details: DetailsItem | undefined };
const triesMax = 8;
/** Another commit takes tens of ms, and the batch waits for this one. */
const snapshotBackoff: Backoff = { baseMs: 20, capMs: 1000 };

/**
 * Folds a batch of product records into the catalogue snapshot, then tells: one `catalogue` frame with the head's rev
 * and one `staff/products` frame a product. It posts what it has just written, because lists are answered from the
 * snapshot: a frame that says "the list changed" must not come before the list has (docs/decisions/004).
 */
export const makeAnnounceCatalogue =
  (deps: AnnounceCatalogueDeps) =>
  async (event: StreamEvent, remainingMs: number): Promise<StreamAnswer> => {
    const { clock, logger, postFrames } = deps;
    const startedMs = clock.now();
    const versions = readVersions(
      readRecords(event.Records, logger),
      offerItemSchema,
      logger,
      (image) => image.part === 'offer',
    );
    const changes = foldChanges(versions);
    if (changes.length === 0) return streamAnswer(event.Records, undefined);
    const { products, rev } = await foldIntoSnapshot(deps, changes, deadlineOf(startedMs, remainingMs));
    const frames = framesOf(products, rev);
    const { unposted, posted, gone, failed } = await postFrames(frames, deadlineOf(startedMs, remainingMs));
    logger.info('catalogue-announced', {
      rev,
      count: event.Records.length,
      folded: products.length,
      outcome: `posted ${posted}, gone ${gone}, failed ${failed}`,
      failed,
      durationMs: clock.now() - startedMs,
    });
    return streamAnswer(event.Records, unposted);
  };

/**
 * Head first, then the products as stored now, then the commit on condition of that head. Whoever stores a newer state
 * of a product announces it with a higher head, so a commit that holds has never folded a state that was outdated.
 */
const foldIntoSnapshot = async (
  { rows, snapshot, clock, random, logger, sleep = wait }: AnnounceCatalogueDeps,
  changes: readonly EntityChange<OfferItem>[],
  deadlineMs: number,
): Promise<{ readonly products: readonly StoredProduct[]; readonly rev: number }> => {
  for (let tries = 1; tries <= triesMax && clock.now() < deadlineMs; tries += 1) {
    const head = await snapshot.readHead();
    const stored = await rows.read(
      changes.map((change) => change.id),
      ['offer', 'details'],
    );
    const products = changes.map((change) => ({
      change: changeAsStored(change, stored.get(change.id)?.offer, logger),
      details: readDetails(stored.get(change.id)?.details, logger),
    }));
    const names = chunkRowsOf(
      changes.map((change) => change.id),
      head?.chunks,
    );
    const fold = foldCatalogue({
      head,
      chunks: await snapshot.readChunks(head, names),
      products: products.flatMap(snapshotOf),
      fingerprint: fingerprintOf(products),
      nowMs: clock.now(),
    });
    const outcome = await commitAll(snapshot, fold.steps);
    if (outcome === 'committed') return { products, rev: fold.rev };
    await sleep(backoffMs(tries, random, snapshotBackoff));
  }
  throw new SnapshotContended();
};

const commitAll = async (
  snapshot: SnapshotStore,
  steps: ReturnType<typeof foldCatalogue>['steps'],
): Promise<'committed' | 'conflict'> => {
  for (const step of steps) if ((await snapshot.commit(step)) === 'conflict') return 'conflict';
  return 'committed';
};

/** The product as the table has it now: later than the record, never earlier. A row that is not there was removed. */
const changeAsStored = (change: EntityChange<OfferItem>, row: unknown, logger: Logger): EntityChange<OfferItem> => {
  if (row === undefined) {
    if (change.row === undefined) return change;
    return { ...change, rev: change.rev + 1, row: undefined, removed: change.row };
  }
  const parsed = offerItemSchema.safeParse(row);
  if (parsed.success) return { ...change, rev: parsed.data.rev, row: parsed.data, removed: undefined };
  logger.error('product-offer-unreadable', { productId: change.id, reason: faultOf(parsed.error) });
  return change;
};

const snapshotOf = ({ change, details }: StoredProduct): readonly SnapshotProduct[] => {
  const offer = change.row ?? change.removed;
  if (offer === undefined) return [];
  const product = snapshotProductOf(offer, details);
  return [change.row === undefined ? { ...product, rev: change.rev, level: 'out', archived: true } : product];
};

const framesOf = (products: readonly StoredProduct[], rev: number): readonly FrameDraft[] => {
  const changed = products.flatMap(({ change }) => announcedProduct(change) ?? []);
  const first = products[0]?.change;
  if (first === undefined) return [];
  const position = Math.min(...products.map(({ change }) => change.position));
  const catalogue: FrameDraft = {
    topic: 'catalogue',
    id: 'catalogue',
    rev,
    data: { changed },
    position,
    createdAtMs: first.createdAtMs,
  };
  return [catalogue, ...products.map(({ change, details }) => staffProductFrame(change, details))];
};

const fingerprintOf = (products: readonly StoredProduct[]): string =>
  createHash('sha256')
    .update(
      products
        .map(({ change }) => `${change.id}@${change.rev}`)
        .sort()
        .join(' '),
    )
    .digest('hex')
    .slice(0, 32);
