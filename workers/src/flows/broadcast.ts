import type { Clock } from '@penstock/domain/clock';
import type { Logger } from '@penstock/platform/logger';
import type { RawStreamRecord } from '@penstock/platform/stream-records';
import type { FrameDraft } from '#core/frame-drafts';
import type { makePostFrames } from '#flows/post-frames';
import { type PlacedChange, readRecords } from '#flows/read-changes';
import { deadlineOf, type StreamAnswer, streamAnswer } from '#flows/stream-answer';

/** What the changes of one table say to whom. Faults of the world are thrown: the source tries the batch again. */
export type FramesOfChanges = (changes: readonly PlacedChange[]) => Promise<readonly FrameDraft[]>;

export type BroadcastDeps = {
  /** By the tables' real names: one bundle serves three streams, one function each (H5). */
  readonly frames: ReadonlyMap<string, FramesOfChanges>;
  readonly postFrames: ReturnType<typeof makePostFrames>;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type StreamEvent = { readonly Records: readonly RawStreamRecord[] };

/** Tells the listeners what changed in a batch of stream records, one frame an entity and topic. */
export const makeBroadcast =
  ({ frames, postFrames, clock, logger }: BroadcastDeps) =>
  async (event: StreamEvent, remainingMs: number): Promise<StreamAnswer> => {
    const startedMs = clock.now();
    const deadlineMs = deadlineOf(startedMs, remainingMs);
    const changes = readRecords(event.Records, logger);
    const drafts: FrameDraft[] = [];
    for (const table of new Set(changes.map((change) => change.table))) {
      const ofTable = changes.filter((change) => change.table === table);
      const framesOf = frames.get(table);
      if (framesOf === undefined) logger.error('stream-table-unknown', { reason: table, count: ofTable.length });
      else drafts.push(...(await framesOf(ofTable)));
    }
    const { unposted, posted, gone, failed } = await postFrames(drafts, deadlineMs);
    for (const draft of drafts)
      if (draft.topic.startsWith('order/'))
        logger.info('order-told', {
          orderId: draft.id,
          rev: draft.rev,
          ...(draft.correlationId === undefined ? {} : { correlationId: draft.correlationId }),
          ageMs: clock.now() - draft.createdAtMs,
        });
    logger.info('batch-told', {
      count: event.Records.length,
      folded: drafts.length,
      outcome: `posted ${posted}, gone ${gone}, failed ${failed}`,
      failed,
      durationMs: clock.now() - startedMs,
    });
    return streamAnswer(event.Records, unposted);
  };
