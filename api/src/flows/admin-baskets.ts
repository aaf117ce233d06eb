import type { StaffBasket } from '@penstock/domain/admin';
import type { Clock } from '@penstock/domain/clock';
import { basketIdPattern } from '@penstock/domain/ids';
import type { BasketItem, StaffAct } from '@penstock/domain/items';
import { messageSchemaNumber } from '@penstock/domain/messages';
import type { PendingAct } from '@penstock/domain/pending';
import { packStamp, type Stamp } from '@penstock/domain/stamps';
import { basketView } from '@penstock/domain/views';
import type { StaffLog } from '@penstock/platform/activity-log';
import { basketHashOf } from '@penstock/platform/basket-hash';
import type { BasketLists } from '@penstock/platform/basket-lists';
import type { BasketStore } from '@penstock/platform/basket-store';
import { basketOpLetterId } from '@penstock/platform/letter-ids';
import type { LetterStates } from '@penstock/platform/letter-states';
import { errorFields } from '@penstock/platform/logger';
import type { SnapshotReader } from '@penstock/platform/snapshot-reader';
import { RowUnreadable } from '@penstock/platform/stored-rows';
import type { WriteQueue } from '@penstock/platform/write-queue';
import { deedOf } from '#core/staff-deeds';
import { isClearSettled, waitingView } from '#core/waiting-acts';
import { type SendActDeps, sendAct } from '#flows/send-act';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { staffNameOf } from '#http/guards';
import { idsOfFilter, listAnswer, listQueryOf, noSuchIndex, pageOf } from '#http/list-answer';
import { ProblemError } from '#http/problem-error';

export type AdminBasketsDeps = SendActDeps & {
  readonly baskets: Pick<BasketStore, 'read'>;
  readonly lists: BasketLists;
  readonly queue: Pick<WriteQueue, 'sendBasketOp'>;
  readonly snapshot: Pick<SnapshotReader, 'read'>;
  readonly serverStamp: () => Stamp;
  readonly log: StaffLog;
  readonly mintId: () => string;
  readonly letters: LetterStates;
  readonly clock: Clock;
};

/** What the basket list can be filtered and sorted by, for the sentence of no-such-index. */
export const basketListsServed = 'Sort by updatedAt (by the hour of the last change); filter by id alone.';

/** GET /baskets: last touched first, by hour; exact within the page. */
const makeListBaskets =
  (deps: AdminBasketsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const query = listQueryOf(call);
    const stranger = Object.keys(query.filter).find((name) => name !== 'id');
    if (stranger !== undefined) throw noSuchIndex(`The filter ${stranger}`, basketListsServed);
    if (query.sort !== undefined && query.sort.field !== 'updatedAt')
      throw noSuchIndex(`The sort by ${query.sort.field}`, basketListsServed);
    const ids = idsOfFilter(query.filter);
    const archived = await archivedOf(deps);
    const views = async (wanted: readonly string[]): Promise<readonly StaffBasket[]> => {
      const acts = await deps.pending.readMany(wanted.map(recordOfBasket));
      const rows = await deps.lists.readMany(wanted);
      const waiting = await waitingClears(deps, rows, acts);
      return rows.map((row) => staffBasketView(row, archived, waiting.get(row.id)));
    };
    if (ids !== undefined) {
      const found = await views(ids.filter((id) => basketIdPattern.test(id)));
      return pageOf('baskets', found, query);
    }
    const newestFirst = query.sort?.descending ?? true;
    const found = await deps.lists.list(newestFirst, query.range[1]);
    const shown = await views(found.ids.slice(query.range[0], query.range[1] + 1));
    const sign = newestFirst ? -1 : 1;
    const sorted = [...shown].sort((left, right) => ((left.updatedAt ?? '') < (right.updatedAt ?? '') ? -sign : sign));
    return listAnswer('baskets', sorted, query, found.total, found.capped);
  };

/** GET /baskets/{id}. */
const makeShowStaffBasket =
  (deps: AdminBasketsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const { row, waiting } = await basketInOffice(deps, call);
    return {
      status: 200,
      body: staffBasketView(row, await archivedOf(deps), waiting),
      log: { basketHash: basketHashOf(row.id) },
    };
  };

/**
 * DELETE /baskets/{id}: a clear is an op like any other; the record as it was with `pending`, until the op lands (E5). While one
 * waits, another is the same success.
 */
const makeClearStaffBasket =
  (deps: AdminBasketsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const { row, waiting, act: seen } = await basketInOffice(deps, call);
    const staffName = staffNameOf(call);
    const nowMs = deps.clock.now();
    const stamp = deps.serverStamp();
    const since = new Date(nowMs).toISOString();
    const act = { record: recordOfBasket(row.id), actId: packStamp(stamp), staffName, since, correlationId };
    const send = () =>
      deps.queue.sendBasketOp({
        schema: messageSchemaNumber,
        kind: 'basket-op',
        correlationId,
        sentAtMs: nowMs,
        attempt: 0,
        basketId: row.id,
        op: { clear: true as const, stamp },
      });
    const isNew =
      waiting === undefined &&
      (await sendAct(deps, { act, seenActId: seen?.actId, topic: 'staff/baskets', send })) === 'sent';
    if (isNew) await noteClear(deps, row.id, act);
    const pending = isNew ? { since, by: staffName, correlationId } : waiting;
    return {
      status: 202,
      body: { ...basketView(row), ...(pending === undefined ? {} : { pending }) },
      headers: { 'retry-after': '1' },
      log: { basketHash: basketHashOf(row.id) },
    };
  };

/** It is sent whatever happens now: an entry that cannot be written is told to the log alone. */
const noteClear = async (
  { log, mintId, logger }: AdminBasketsDeps,
  basketId: string,
  { since: at, staffName, correlationId }: StaffAct,
): Promise<void> => {
  const deed = deedOf('basket-clear', basketId, [], { id: mintId(), at, staffName, correlationId });
  await log.note(deed).catch((error: unknown) => {
    logger.error('staff-act-not-noted', { correlationId, reason: deed.kind, ...errorFields(error) });
  });
};

/** A basket with the clear that waits for it; what waits is read first, as of orders. */
const basketInOffice = async (deps: AdminBasketsDeps, call: ApiCall) => {
  const id = call.parameters.id ?? '';
  const act = basketIdPattern.test(id) ? await deps.pending.read(recordOfBasket(id)) : undefined;
  const row = await existing(deps, call);
  const waiting = await waitingClears(deps, [row], act === undefined ? new Map() : new Map([[act.record, act]]));
  return { row, act, waiting: waiting.get(id) };
};

/** What waits, by the id of the basket. */
const waitingClears = async (
  { letters, clock }: AdminBasketsDeps,
  rows: readonly BasketItem[],
  acts: ReadonlyMap<string, StaffAct>,
): Promise<ReadonlyMap<string, PendingAct>> => {
  const unsettled = rows.flatMap((row) => {
    const act = acts.get(recordOfBasket(row.id));
    if (act === undefined || isClearSettled(row, act)) return [];
    return [{ id: row.id, act, letterId: basketOpLetterId(row.id, ['clear'], act.actId) }];
  });
  if (unsettled.length === 0) return new Map();
  const states = await letters.readMany(unsettled.map(({ letterId }) => letterId));
  return new Map(
    unsettled.flatMap(({ id, act, letterId }) => {
      const view = waitingView(act, { id: letterId, status: states.get(letterId) }, clock.now());
      return view === undefined ? [] : [[id, view] as const];
    }),
  );
};

const staffBasketView = (
  row: BasketItem,
  archived: ReadonlySet<string>,
  pending: PendingAct | undefined,
): StaffBasket => ({ ...basketView(row, archived), ...(pending === undefined ? {} : { pending }) });

const recordOfBasket = (id: string): string => `basket/${id}`;

const existing = async ({ baskets }: AdminBasketsDeps, call: ApiCall): Promise<BasketItem> => {
  const id = call.parameters.id ?? '';
  const read = basketIdPattern.test(id) ? await baskets.read(id) : { outcome: 'absent' as const };
  if (read.outcome === 'found') return read.row;
  if (read.outcome === 'fault') throw read.error;
  if (read.outcome === 'unreadable') throw new RowUnreadable('baskets');
  throw new ProblemError('record-not-found', { detail: 'No basket is stored under this id.' });
};

const archivedOf = async ({ snapshot }: AdminBasketsDeps): Promise<ReadonlySet<string>> =>
  new Set((await snapshot.read(2000)).products.filter((product) => product.archived).map((product) => product.id));

/** The calls of the function admin-baskets, by route. */
export const adminBasketsRoutes = (deps: AdminBasketsDeps): Routes => ({
  'GET /baskets': makeListBaskets(deps),
  'GET /baskets/{id}': makeShowStaffBasket(deps),
  'DELETE /baskets/{id}': makeClearStaffBasket(deps),
});
