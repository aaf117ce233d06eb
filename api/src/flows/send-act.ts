import type { StaffAct } from '@penstock/domain/items';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { PendingActs } from '@penstock/platform/pending-acts';
import type { RefetchNews } from '@penstock/platform/refetch-news';
import { sendWrite } from '#flows/send-write';

export type SendActDeps = {
  readonly pending: PendingActs;
  readonly news: RefetchNews;
  readonly logger: Logger;
};

export type ActToSend = {
  readonly act: StaffAct;
  /** What was written down about the record before, and may be written over: it is settled, or was never sent. */
  readonly seenActId: string | undefined;
  /** The staff topic whose pages hear of it. */
  readonly topic: string;
  readonly send: () => Promise<void>;
};

/**
 * Writes an act down, sends it, and confirms that the queue took it (E5). What dies in between is no lie for long: an act
 * that is not confirmed counts for half a minute. `other`: somebody else's act waits by now; nothing was sent.
 */
export const sendAct = async (
  { pending, news, logger }: SendActDeps,
  { act, seenActId, topic, send }: ActToSend,
): Promise<'sent' | 'other'> => {
  if ((await pending.keep(act, seenActId)) === 'other') return 'other';
  const fields = { record: act.record.split('/')[0], correlationId: act.correlationId };
  try {
    await sendWrite({ logger, detail: 'Not confirmed: the queue did not answer. Try again.', log: fields }, send);
  } catch (refusal) {
    await pending.forget(act).catch((error: unknown) => {
      logger.warn('pending-act-not-forgotten', { ...fields, ...errorFields(error) });
    });
    throw refusal;
  }
  // It is sent whatever happens now, and lands by itself.
  await pending.confirm(act).catch((error: unknown) => {
    logger.warn('pending-act-not-confirmed', { ...fields, ...errorFields(error) });
  });
  await news.tell([topic]);
  return 'sent';
};
