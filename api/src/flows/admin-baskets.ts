import type { Clock } from '@penstock/domain/clock';
import { basketIdPattern } from '@penstock/domain/ids';
import type { BasketItem } from '@penstock/domain/items';
import { messageSchemaNumber } from '@penstock/domain/messages';
import type { Stamp } from '@penstock/domain/stamps';
import { basketView } from '@penstock/domain/views';
import type { BasketLists } from '@penstock/platform/basket-lists';
import type { BasketStore } from '@penstock/platform/basket-store';
import { CallThrottled } from '@penstock/platform/call-throttled';
import type { SnapshotReader } from '@penstock/platform/snapshot-reader';
import type { WriteQueue } from '@penstock/platform/write-queue';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { idsOfFilter, listAnswer, listQueryOf, noSuchIndex } from '#http/list-answer';
import { ProblemError } from '#http/problem-error';

export type AdminBasketsDeps = {
  readonly baskets: Pick<BasketStore, 'read'>;
  readonly lists: BasketLists;
  readonly queue: Pick<WriteQueue, 'sendBasketOp'>;
  readonly snapshot: SnapshotReader;
  readonly serverStamp: () => Stamp;
  readonly hashBasketId: (id: string) => string;
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
    const view = (row: BasketItem) => basketView(row, archived);
    if (ids !== undefined) {
      const rows = await deps.lists.readMany(ids.filter((id) => basketIdPattern.test(id)));
      return listAnswer('baskets', rows.map(view), query, rows.length);
    }
    const newestFirst = query.sort?.descending ?? true;
    const found = await deps.lists.list(newestFirst);
    const rows = await deps.lists.readMany(found.ids.slice(query.range[0], query.range[1] + 1));
    const sign = newestFirst ? -1 : 1;
    const sorted = [...rows].sort((left, right) => (left.updatedAt < right.updatedAt ? -sign : sign));
    return listAnswer('baskets', sorted.map(view), query, found.total, found.capped);
  };

/** GET /baskets/{id}. */
const makeShowStaffBasket =
  (deps: AdminBasketsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const row = await existing(deps, call);
    return {
      status: 200,
      body: basketView(row, await archivedOf(deps)),
      log: { basketHash: deps.hashBasketId(row.id) },
    };
  };

/** DELETE /baskets/{id}: a clear is an op like any other; the record as it was, until the op lands. */
const makeClearStaffBasket =
  (deps: AdminBasketsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const row = await existing(deps, call);
    const op = { clear: true as const, stamp: deps.serverStamp() };
    await deps.queue
      .sendBasketOp({
        schema: messageSchemaNumber,
        kind: 'basket-op',
        correlationId,
        sentAtMs: deps.clock.now(),
        attempt: 0,
        basketId: row.id,
        op,
      })
      .catch(() => {
        throw new ProblemError('queue-unavailable', {
          detail: 'Not confirmed: the queue did not answer. Try again.',
          retryAfterSeconds: 1,
        });
      });
    return {
      status: 202,
      body: basketView(row),
      headers: { 'retry-after': '1' },
      log: { basketHash: deps.hashBasketId(row.id) },
    };
  };

const existing = async ({ baskets }: AdminBasketsDeps, call: ApiCall): Promise<BasketItem> => {
  const id = call.parameters.id ?? '';
  const read = basketIdPattern.test(id) ? await baskets.read(id) : { outcome: 'absent' as const };
  if (read.outcome === 'found') return read.row;
  if (read.outcome === 'fault' && read.fault === 'throttled') throw new CallThrottled('Reading a basket', read.error);
  if (read.outcome === 'fault') throw read.error;
  if (read.outcome === 'unreadable') throw new TypeError('The stored basket cannot be read by this release.');
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
