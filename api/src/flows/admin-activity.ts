import { type ActivityKind, activityKinds } from '@penstock/domain/dead-letters';
import type { ActivityReader } from '@penstock/platform/activity-log';
import { activityKey, activityView } from '#core/activity';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { idsOfFilter, listAnswer, listQueryOf, noSuchIndex, pageOf } from '#http/list-answer';

export type AdminActivityDeps = { readonly activity: ActivityReader };

/** What the list can be filtered and sorted by, for the sentence of no-such-index. */
export const activityListsServed = `Filter by kind (${activityKinds.join(', ')}), by id or by both; sort by at.`;

/** GET /activity: edits of stock, moves of orders, letters redriven and discarded; newest first. */
const makeListActivity =
  ({ activity }: AdminActivityDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const query = listQueryOf(call);
    const stranger = Object.keys(query.filter).find((name) => name !== 'kind' && name !== 'id');
    if (stranger !== undefined) throw noSuchIndex(`The filter ${stranger}`, activityListsServed);
    if (query.sort !== undefined && query.sort.field !== 'at')
      throw noSuchIndex(`The sort by ${query.sort.field}`, activityListsServed);
    const kinds = kindsOf(query.filter.kind);
    const ids = idsOfFilter(query.filter);
    if (ids !== undefined) {
      const named = await activity.readMany([...new Set(ids)].flatMap((id) => activityKey(id) ?? []));
      return pageOf('activity', named.filter(({ kind }) => kinds.includes(kind)).map(activityView), query);
    }
    const found = await activity.list(kinds, query.sort?.descending ?? true, query.range[1]);
    const rows = await activity.readMany(found.keys.slice(query.range[0], query.range[1] + 1));
    return listAnswer('activity', rows.map(activityView), query, found.total, found.capped);
  };

const kindsOf = (kind: unknown): readonly ActivityKind[] => {
  if (kind === undefined || kind === '') return activityKinds;
  const found = activityKinds.find((each) => each === kind);
  if (found === undefined) throw noSuchIndex(`The kind ${String(kind)}`, activityListsServed);
  return [found];
};

/** The calls of the function admin-dead-letters about what was done, by route. */
export const adminActivityRoutes = (deps: AdminActivityDeps): Routes => ({ 'GET /activity': makeListActivity(deps) });
