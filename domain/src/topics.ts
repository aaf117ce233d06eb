import { basketIdPattern, isProductId, orderIdPattern } from '#ids';

/** Who a connection is: granted at $connect, stored on the connection, checked at each subscribe (H6). */
export type Audience = 'shop' | 'staff';
/** Shards that the rows of a big topic are spread over (H2): one key takes 1,000 WCU/s. */
export const bigTopicShards = 8;

const staffTopics = ['staff/orders', 'staff/baskets', 'staff/products', 'staff/operations', 'staff/dead-letters'];
const bigTopics = ['catalogue', ...staffTopics];

/** Whether a topic exists and who may take it. */
export const topicAudience = (topic: string): Audience | undefined => {
  if (staffTopics.includes(topic)) return 'staff';
  if (topic === 'catalogue') return 'shop';
  const [kind, id = '', ...rest] = topic.split('/');
  if (rest.length > 0) return undefined;
  if (kind === 'product') return isProductId(id) ? 'shop' : undefined;
  if (kind === 'basket') return basketIdPattern.test(id) ? 'shop' : undefined;
  if (kind === 'order') return orderIdPattern.test(id) ? 'shop' : undefined;
  return undefined;
};

/** The keys under which a topic's connections are stored: one, or the shards of a big one. */
export const topicKeys = (topic: string): readonly string[] =>
  bigTopics.includes(topic) ? Array.from({ length: bigTopicShards }, (_, shard) => `${topic}#${shard}`) : [topic];

/** The key under which this connection takes the topic. */
export const topicKeyFor = (topic: string, connectionId: string): string =>
  bigTopics.includes(topic) ? `${topic}#${shardOf(connectionId, bigTopicShards)}` : topic;

/** A stable shard of some text: FNV-1a, enough to spread and the same everywhere. */
export const shardOf = (text: string, shards: number): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % shards;
};
