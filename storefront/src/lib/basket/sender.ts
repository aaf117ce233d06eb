import type { SetLineOp } from '@penstock/domain/basket-fold';
import type { Clock, Random } from '@penstock/domain/clock';
import { nextToSend, type Outbox, type OutboxEvent } from '#lib/basket/outbox.ts';
import { backoffMs, waitOrOnline } from '#lib/net/backoff.ts';
import type { Http } from '#lib/net/http.ts';
import { isPassing, ProblemError, retryAfterOf } from '#lib/net/problem.ts';
import type { SharedState } from '#lib/storage/shared-state.ts';
import { underLock } from '#lib/storage/under-lock.ts';

type SenderDeps = {
  readonly id: string;
  readonly state: SharedState<Outbox, OutboxEvent>;
  readonly http: Http;
  readonly clock: Clock;
  readonly device: Clock;
  readonly tab: string;
  readonly random: Random;
  readonly ordered: () => readonly string[];
  readonly onTurnedDown: (op: SetLineOp, error: Error) => void;
};

/**
 * Sends the outbox one op after another, one tab at a time, the same op until the server says yes or never: no answer,
 * 429 and 5xx are waiting, not failing (A5). A stamp out of range has taught the clock by its answer; then the whole
 * unaccepted outbox is stamped again (C3).
 */
export const makeOutboxSender = ({
  id,
  state,
  http,
  clock,
  device,
  tab,
  random,
  ordered,
  onTurnedDown,
}: SenderDeps) => {
  let running = false;
  let stopped = false;

  const sendOne = async (op: SetLineOp, attempt: number): Promise<number> => {
    try {
      const { quantity, stamp } = op;
      await http('PUT', `/baskets/${id}/lines/${encodeURIComponent(op.line)}`, { body: { quantity, stamp } });
      await state.apply({ type: 'accepted', op, atMs: device.now() });
      return 0;
    } catch (error) {
      const outOfRange = error instanceof ProblemError && error.details.code === 'stamp-out-of-range';
      if (outOfRange) await state.apply({ type: 'restamped', nowMs: clock.now(), device: tab, ordered: ordered() });
      else if (error instanceof ProblemError && !isPassing(error)) {
        await state.apply({ type: 'turned-down', op });
        onTurnedDown(op, error);
        return 0;
      }
      // The first restamping is sent at once; should the clock still be wrong, it waits like everything else.
      if (!outOfRange || attempt > 0)
        await waitOrOnline(backoffMs(attempt + 1, random, retryAfterOf(error)), retryAfterOf(error) === undefined);
      return attempt + 1;
    }
  };

  const drain = async (): Promise<void> => {
    let attempt = 0;
    for (;;) {
      const entry = nextToSend(await state.settled());
      if (entry === undefined || stopped) return;
      attempt = await sendOne(entry.op, attempt);
    }
  };

  const kick = (): void => {
    if (running || stopped) return;
    running = true;
    underLock(`basket.${id}`, drain).then(
      () => {
        running = false;
        // An edit may have come in between the last look and here.
        if (nextToSend(state.current()) !== undefined) kick();
      },
      (error: unknown) => {
        running = false;
        console.error('Sending the basket stopped.', error);
      },
    );
  };

  return {
    kick,
    stop: (): void => {
      stopped = true;
    },
  };
};
