import type { Clock } from '@penstock/domain/clock';
import { discardSchema, type LetterOutcome, type LetterResults, redriveSchema } from '@penstock/domain/dead-letters';
import type { DeadLetterItem } from '@penstock/domain/items';
import { refusedRow } from '@penstock/domain/order-row';
import type { DeadLetterDesk, SettleOutcome, Settling } from '@penstock/platform/dead-letter-desk';
import type { LetterNews } from '@penstock/platform/letter-news';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { RedriveQueue } from '@penstock/platform/redrive-queue';
import { deadLetterView, heldOrderOf, listedLetterView, redriveOf, redriveVerdict } from '#core/dead-letters';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readBody } from '#http/body';
import { staffNameOf } from '#http/guards';
import { idsOfFilter, listAnswer, listQueryOf, noSuchIndex, pageOf } from '#http/list-answer';
import { ProblemError } from '#http/problem-error';

export type AdminDeadLettersDeps = {
  readonly desk: DeadLetterDesk;
  readonly queue: RedriveQueue;
  readonly news: LetterNews;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What the list can be filtered and sorted by, for the sentence of no-such-index. */
export const deadLetterListsServed =
  'Filter by status (open, requeued or discarded), by id or by both; sort by lastSeenAt. Settled letters are kept for 90 days.';

/** Letters settled side by side, and how long one call goes on: the function has 15 s. */
const lanes = 8;
/** Letters of one read for a list. */
const lettersPerRead = 50;
const workMs = 8000;

/** GET /dead-letters: open and settled ones, the last seen first. */
const makeListLetters =
  ({ desk, clock }: AdminDeadLettersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const query = listQueryOf(call);
    const { status, ...others } = query.filter;
    const stranger = Object.keys(others).find((name) => name !== 'id');
    if (stranger !== undefined) throw noSuchIndex(`The filter ${stranger}`, deadLetterListsServed);
    if (query.sort !== undefined && query.sort.field !== 'lastSeenAt')
      throw noSuchIndex(`The sort by ${query.sort.field}`, deadLetterListsServed);
    const wanted = statusOf(status);
    const view = (letter: DeadLetterItem) => listedLetterView(letter, clock.now());
    const ids = idsOfFilter(query.filter);
    if (ids !== undefined) {
      const letters = await viewsOf(desk, ids, (letter) =>
        wanted === undefined || letter.status === wanted ? [view(letter)] : [],
      );
      return pageOf('dead-letters', letters, query);
    }
    const found = await desk.list(wanted, query.sort?.descending ?? true, query.range[1]);
    const letters = await viewsOf(desk, idsIn(found).slice(query.range[0], query.range[1] + 1), (letter) => [
      view(letter),
    ]);
    return listAnswer('dead-letters', letters, query, found.total, found.capped);
  };

/** Read some at a time and shortened at once: a letter may hold 340 KB, and a list a thousand of them. */
const viewsOf = async <View>(
  desk: DeadLetterDesk,
  ids: readonly string[],
  view: (letter: DeadLetterItem) => readonly View[],
): Promise<readonly View[]> => {
  const views: View[] = [];
  for (let start = 0; start < ids.length; start += lettersPerRead)
    views.push(...(await desk.readMany(ids.slice(start, start + lettersPerRead))).flatMap(view));
  return views;
};

/** GET /dead-letters/{id}. */
const makeShowLetter =
  ({ desk, clock }: AdminDeadLettersDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const letter = await desk.read(call.parameters.id ?? '');
    if (letter === undefined)
      throw new ProblemError('record-not-found', { detail: 'No dead letter is stored under this id.' });
    return { status: 200, body: deadLetterView(letter, clock.now()) };
  };

/** POST /dead-letters/redrive: sends, then marks. The same again answers already-settled and sends nothing (G5). */
const makeRedrive =
  (deps: AdminDeadLettersDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const { ids, reason } = readBody(call, redriveSchema);
    const by = settlingOf(deps, call, reason, correlationId);
    const wanted = ids ?? idsIn(await deps.desk.list('open', false));
    const capped = ids === undefined && wanted.length === 1000;
    const results = await settleAll(deps, wanted, {
      by,
      isNamed: ids !== undefined,
      // Of all, those that cannot be sent are left alone: no look at every letter before the first.
      ...(ids === undefined
        ? {}
        : { check: (letters: readonly DeadLetterItem[]) => refuseUnsendable(letters, ids, deps.clock.now()) }),
      settle: (letter) => redrive(deps, letter, by, ids === undefined),
    });
    return { status: 200, body: capped ? { ...results, more: true } : results };
  };

/** POST /dead-letters/discard: of an order, its holder reads rejected(discarded) from then on (G5). */
const makeDiscard =
  (deps: AdminDeadLettersDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const { ids, reason } = readBody(call, discardSchema);
    const by = settlingOf(deps, call, reason, correlationId);
    const body = await settleAll(deps, ids, { by, isNamed: true, settle: (letter) => discard(deps, letter, by) });
    return { status: 200, body };
  };

type Settlement = {
  readonly by: Settling;
  /** By the caller: one that cannot be read is told. Of all, it is left alone. */
  readonly isNamed: boolean;
  /** Looks at all letters before the first is touched; throws. */
  readonly check?: (letters: readonly DeadLetterItem[]) => void;
  /** Undefined: this one is left alone, and not named. */
  readonly settle: (letter: DeadLetterItem) => Promise<LetterOutcome | undefined>;
};

/** Settles letters side by side until all are done or time is up; then tells the pages, of a failed call too. */
const settleAll = async (
  { desk, news, clock }: AdminDeadLettersDeps,
  ids: readonly string[],
  { isNamed, check, settle }: Settlement,
): Promise<LetterResults> => {
  const endMs = clock.now() + workMs;
  const wanted = [...new Set(ids)];
  const results: { id: string; outcome: LetterOutcome }[] = [];
  const missing = isNamed ? 'gone' : undefined;
  let done = 0;
  try {
    if (check !== undefined) check(await desk.readMany(wanted));
    for (; done < wanted.length && clock.now() < endMs; done += lanes) {
      const some = wanted.slice(done, done + lanes);
      const letters = new Map((await desk.readMany(some)).map((letter) => [letter.id, letter]));
      const settled = await Promise.allSettled(
        some.map(async (id) => {
          const letter = letters.get(id) ?? (isNamed ? await desk.read(id) : undefined);
          const outcome = letter === undefined ? missing : await settle(letter);
          if (outcome !== undefined) results.push({ id, outcome });
        }),
      );
      const fault = settled.find((each) => each.status === 'rejected');
      if (fault !== undefined) throw fault.reason;
    }
  } finally {
    await news.tell(results.filter(({ outcome }) => outcome === 'requeued' || outcome === 'discarded'));
  }
  const order = new Map(wanted.map((id, index) => [id, index]));
  results.sort((left, right) => (order.get(left.id) ?? 0) - (order.get(right.id) ?? 0));
  return { results, ...(done < wanted.length ? { more: true as const } : {}) };
};

const redrive = async (
  deps: AdminDeadLettersDeps,
  letter: DeadLetterItem,
  by: Settling,
  isAll: boolean,
): Promise<LetterOutcome | undefined> => {
  if (letter.status !== 'open') return isAll ? undefined : 'already-settled';
  const message = redriveOf(letter, deps.clock.now());
  if (message === undefined || redriveVerdict(letter, deps.clock.now()) !== 'possible') return undefined;
  const { id, attempt, queue } = letter;
  const { withoutStamps, ...sent } = message;
  await deps.queue.send({ ...sent, letterId: id, attempt: attempt + 1 }).catch((cause: unknown) => {
    deps.logger.warn('redrive-not-sent', { queue, correlationId: by.correlationId, ...errorFields(cause) });
    throw new ProblemError('queue-unavailable', {
      detail: 'Not all were sent: the queue did not answer. Send the same again; what is done is not done twice.',
      retryAfterSeconds: 1,
    });
  });
  const outcome = redriveOutcomes[await deps.desk.markRequeued(letter, by)];
  deps.logger.warn('dead-letter-redriven', {
    queue,
    outcome,
    attempts: attempt + 1,
    withoutStamps,
    correlationId: by.correlationId,
  });
  return outcome;
};

const discard = async (deps: AdminDeadLettersDeps, letter: DeadLetterItem, by: Settling): Promise<LetterOutcome> => {
  if (letter.status !== 'open') return 'already-settled';
  const order = heldOrderOf(letter);
  const refusal = order === undefined ? undefined : refusedRow(order, { reason: 'discarded' }, new Map(), by.at);
  const outcome = discardOutcomes[await deps.desk.discard(letter, by, refusal)];
  deps.logger.warn('dead-letter-discarded', { queue: letter.queue, outcome, correlationId: by.correlationId });
  return outcome;
};

/** `reopened`: it was sent, and its message has failed again since. */
const redriveOutcomes: Readonly<Record<SettleOutcome, LetterOutcome>> = {
  done: 'requeued',
  reopened: 'requeued',
  settled: 'already-settled',
  gone: 'gone',
};

/** `reopened`: somebody else has redriven it and it failed again: nothing of it was discarded. */
const discardOutcomes: Readonly<Record<SettleOutcome, LetterOutcome>> = {
  done: 'discarded',
  reopened: 'already-settled',
  settled: 'already-settled',
  gone: 'gone',
};

const unsendable = {
  'not-a-write': 'is no write of a queue: it can only be discarded.',
  'too-old': 'is older than 45 days: it could bring back a line that its basket has forgotten.',
  'stamp-ahead': 'carries a stamp far in the future: it would win over every edit of its line until then.',
  'too-large': 'was too large to be kept whole: it can only be discarded.',
} as const;

/** Named letters that cannot be sent again: each by its place, and nothing is touched. */
const refuseUnsendable = (letters: readonly DeadLetterItem[], ids: readonly string[], nowMs: number): void => {
  const violations = letters.flatMap((letter) => {
    const verdict = letter.status === 'open' ? redriveVerdict(letter, nowMs) : 'possible';
    if (verdict === 'possible') return [];
    const message = `Letter ${letter.id} ${unsendable[verdict]}`;
    return [
      { pointer: `/ids/${ids.indexOf(letter.id)}`, code: verdict, message, remedy: 'Leave it out, or discard it.' },
    ];
  });
  if (violations.length > 0)
    throw new ProblemError('validation-failed', {
      detail: violations.map(({ message }) => message).join(' '),
      violations,
    });
};

const settlingOf = (
  { clock }: AdminDeadLettersDeps,
  call: ApiCall,
  reason: string,
  correlationId: string,
): Settling => ({ staffName: staffNameOf(call), reason, at: new Date(clock.now()).toISOString(), correlationId });

const idsIn = ({ keys }: Awaited<ReturnType<DeadLetterDesk['list']>>): readonly string[] =>
  keys.map(({ pk }) => pk.slice('dead-letter#'.length));

const statusOf = (status: unknown): DeadLetterItem['status'] | undefined => {
  if (status === undefined) return undefined;
  if (status === 'open' || status === 'requeued' || status === 'discarded') return status;
  throw noSuchIndex(`The status ${String(status)}`, deadLetterListsServed);
};

/** The calls of the function admin-dead-letters about letters, by route. */
export const adminDeadLettersRoutes = (deps: AdminDeadLettersDeps): Routes => ({
  'GET /dead-letters': makeListLetters(deps),
  'GET /dead-letters/{id}': makeShowLetter(deps),
  'POST /dead-letters/redrive': makeRedrive(deps),
  'POST /dead-letters/discard': makeDiscard(deps),
});
