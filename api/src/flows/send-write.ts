import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type LogFields, type Logger } from '@penstock/platform/logger';
import { ProblemError } from '#http/problem-error';

export type WriteToSend = {
  readonly logger: Logger;
  /** What was not confirmed and what to do, for people. */
  readonly detail: string;
  /** Where the record will be, when that is known already. */
  readonly location?: string;
  readonly log: LogFields;
};

/** One repeat of a send whose answer was lost: every message carries its own id, so twice is once. */
const sendTries = 2;

/** Sends; after the last try nothing is known to be taken: the same may be sent again (A3, A5). */
export const sendWrite = async (
  { logger, detail, location, log }: WriteToSend,
  sendOnce: () => Promise<void>,
): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await sendOnce();
    } catch (error) {
      logger.warn('send-failed', { ...log, attempts: tries, ...errorFields(error) });
      if (tries === sendTries)
        throw new ProblemError('queue-unavailable', {
          detail,
          retryAfterSeconds: 1,
          ...(location === undefined ? {} : { headers: { location } }),
        });
      await sleep(20);
    }
  }
};
