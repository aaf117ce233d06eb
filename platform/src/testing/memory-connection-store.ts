import type { Clock } from '@penstock/domain/clock';
import { topicKeyFor, topicKeys } from '@penstock/domain/topics';
import { type Connection, type ConnectionStore, connectionLifeMs, type Subscriber } from '#connection-store';

/** Connections in memory, keyed as the table is: what the contract suite promises of the real store holds here too. */
export const makeMemoryConnectionStore = ({ clock }: { readonly clock: Clock }): ConnectionStore => {
  const own = new Map<string, Connection>();
  const rows = new Map<string, Map<string, Subscriber>>();
  const isLive = ({ connectedAt }: Subscriber) => Date.parse(connectedAt) + connectionLifeMs > clock.now();
  const drop = (connectionId: string) => {
    own.delete(connectionId);
    for (const listeners of rows.values()) listeners.delete(connectionId);
  };
  return {
    open: async (connection) => {
      own.set(connection.connectionId, { ...connection, topics: [] });
    },
    find: async (connectionId) => {
      const connection = own.get(connectionId);
      return connection !== undefined && isLive(connection) ? connection : undefined;
    },
    setTopics: async (connection, topics) => {
      const { connectionId, audience, connectedAt } = connection;
      const stored = own.get(connectionId);
      if (stored === undefined || stored.topics.join() !== connection.topics.join()) return 'changed';
      for (const topic of stored.topics) rows.get(topicKeyFor(topic, connectionId))?.delete(connectionId);
      for (const topic of topics) {
        const key = topicKeyFor(topic, connectionId);
        rows.set(key, (rows.get(key) ?? new Map()).set(connectionId, { connectionId, audience, connectedAt }));
      }
      own.set(connectionId, { ...stored, topics });
      return 'done';
    },
    connectionsOf: async (topic) =>
      topicKeys(topic)
        .flatMap((key) => [...(rows.get(key)?.values() ?? [])])
        .filter(isLive),
    close: async (connectionId) => drop(connectionId),
    forget: async (connectionId) => drop(connectionId),
  };
};
