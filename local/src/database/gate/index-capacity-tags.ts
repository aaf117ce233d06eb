import type { Json } from '#database/gate/json';
import type { Throughput } from '#database/gate/table-limits';
import { type Upstream, UpstreamRefused } from '#database/gate/upstream';

/**
 * dynoxide answers UpdateTable for an index with 200 and keeps the old capacity (1.2.1, decision record 003). The gate
 * then writes the capacity to a tag of the table, so that it lives and dies with the table and outlives the gate.
 */
const prefix = 'penstock:index/';

export const readIndexTags = async (upstream: Upstream, tableArn: string): Promise<ReadonlyMap<string, Throughput>> => {
  const { Tags } = await listTags(upstream, tableArn);
  const tags = Array.isArray(Tags) ? (Tags as readonly { readonly Key: string; readonly Value: string }[]) : [];
  return new Map(
    tags.flatMap(({ Key, Value }) => {
      const match = /^(\d+)\/(\d+)$/.exec(Value);
      if (!Key.startsWith(prefix) || match === null) return [];
      return [[Key.slice(prefix.length), { write: Number(match[1]), read: Number(match[2]) }] as const];
    }),
  );
};

const listTags = async (upstream: Upstream, tableArn: string): Promise<Json> => {
  try {
    return await upstream.call('ListTagsOfResource', { ResourceArn: tableArn });
  } catch (error) {
    // An engine without tags, or a table that is just going: then nothing is remembered.
    if (error instanceof UpstreamRefused) return {};
    throw error;
  }
};

export const writeIndexTag = (
  upstream: Upstream,
  tableArn: string,
  index: string,
  { write, read }: Throughput,
): Promise<Json> =>
  upstream.call('TagResource', {
    ResourceArn: tableArn,
    Tags: [{ Key: `${prefix}${index}`, Value: `${write}/${read}` }],
  });

export const removeIndexTag = (upstream: Upstream, tableArn: string, index: string): Promise<Json> =>
  upstream.call('UntagResource', { ResourceArn: tableArn, TagKeys: [`${prefix}${index}`] });
