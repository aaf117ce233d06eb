import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Clock } from '@penstock/domain/clock';
import { type ConnectionItem, connectionItemSchema, itemSchemaNumber } from '@penstock/domain/items';
import { own } from '@penstock/domain/own';
import { type Audience, topicKeyFor, topicKeys } from '@penstock/domain/topics';
import { isLostRace } from '#cancellation';
import type { Settings } from '#settings';

/** A connection counts for 2 h 10 min after it was opened (H3): the gateway closes it after 2 h. */
export const connectionLifeMs = 130 * 60 * 1000;

/** An open connection, from its own row. `connectedAt` is ISO 8601 UTC. */
export type Connection = {
  readonly connectionId: string;
  readonly audience: Audience;
  readonly connectedAt: string;
  readonly topics: readonly string[];
};
/** A connection that has taken a topic. */
export type Subscriber = Omit<Connection, 'topics'>;

/** Who is connected and which topics each has taken (H2). Faults of the table are thrown. */
export type ConnectionStore = {
  /** Writes the connection's own row: topics are taken later, by messages. */
  readonly open: (connection: Subscriber) => Promise<void>;
  /** The connection's own row, read strongly; undefined when it is unknown or past its life. */
  readonly find: (connectionId: string) => Promise<Connection | undefined>;
  /**
   * Gives the connection exactly these topics, rows and own list in one transaction. `changed`: the list is no longer
   * the one in `connection` (messages of one client run in parallel), nothing was written: find it again.
   */
  readonly setTopics: (connection: Connection, topics: readonly string[]) => Promise<'done' | 'changed'>;
  /** Everyone who has taken the topic, read strongly from its key (or the shards of a big topic), page by page. */
  readonly connectionsOf: (topic: string) => Promise<readonly Subscriber[]>;
  /** Drops a connection that said goodbye: its own row, its topics, and what the index still finds. */
  readonly close: (connectionId: string) => Promise<void>;
  /** Drops a connection that is gone, by its own row and the topic under which it was found; needs no index. */
  readonly forget: (connectionId: string, topic: string) => Promise<void>;
};

type Key = { readonly topic: string; readonly connectionId: string };
const ownKey = (connectionId: string): Key => ({ topic: `connection/${connectionId}`, connectionId });
const topicKey = (topic: string, connectionId: string): Key => ({
  topic: topicKeyFor(topic, connectionId),
  connectionId,
});

export type ConnectionStoreDeps = {
  readonly db: DynamoDBDocumentClient;
  readonly settings: Pick<Settings, 'tableName'>;
  readonly clock: Clock;
};

export const makeDynamoDbConnectionStore = ({ db, settings, clock }: ConnectionStoreDeps): ConnectionStore => {
  const table = settings.tableName('connections');
  const isLive = (item: ConnectionItem): boolean => item.expiresAt * 1000 > clock.now();

  const readOwn = async (connectionId: string): Promise<ConnectionItem | undefined> => {
    const answer = await db.send(new GetCommand({ TableName: table, Key: ownKey(connectionId), ConsistentRead: true }));
    return answer.Item === undefined ? undefined : connectionItemSchema.parse(answer.Item);
  };
  const queryAll = async (query: { readonly name: string; readonly value: string; readonly index?: string }) => {
    const rows: unknown[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const answer = await db.send(
        new QueryCommand({
          TableName: table,
          ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
          KeyConditionExpression: '#key = :value',
          ExpressionAttributeNames: { '#key': query.name },
          ExpressionAttributeValues: { ':value': query.value },
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      rows.push(...(answer.Items ?? []));
      from = answer.LastEvaluatedKey;
    } while (from !== undefined);
    return rows;
  };
  const deleteKey = (key: Key) => db.send(new DeleteCommand({ TableName: table, Key: key }));

  return {
    open: async (connection) => {
      const item: ConnectionItem = { ...rowOf(connection, ownKey(connection.connectionId).topic), topics: [] };
      await db.send(new PutCommand({ TableName: table, Item: item }));
    },
    find: async (connectionId) => {
      const item = await readOwn(connectionId);
      return item === undefined || !isLive(item) ? undefined : { ...subscriberOf(item), topics: item.topics ?? [] };
    },
    setTopics: async (connection, topics) => {
      const { connectionId } = connection;
      const own = {
        Update: {
          TableName: table,
          Key: ownKey(connectionId),
          UpdateExpression: 'SET topics = :wanted',
          ConditionExpression: 'topics = :read',
          ExpressionAttributeValues: { ':wanted': topics, ':read': connection.topics },
        },
      };
      const added = topics
        .filter((topic) => !connection.topics.includes(topic))
        .map((topic) => ({
          Put: { TableName: table, Item: rowOf(connection, topicKey(topic, connectionId).topic) },
        }));
      const dropped = connection.topics
        .filter((topic) => !topics.includes(topic))
        .map((topic) => ({ Delete: { TableName: table, Key: topicKey(topic, connectionId) } }));
      try {
        await db.send(new TransactWriteCommand({ TransactItems: [own, ...added, ...dropped] }));
        return 'done';
      } catch (error) {
        if (isLostRace(error)) return 'changed';
        throw error;
      }
    },
    connectionsOf: async (topic) => {
      const shards = await Promise.all(topicKeys(topic).map((value) => queryAll({ name: 'topic', value })));
      return shards
        .flat()
        .map((row) => connectionItemSchema.parse(row))
        .filter(isLive)
        .map(subscriberOf);
    },
    close: async (connectionId) => {
      const own = await readOwn(connectionId);
      const found = await queryAll({ name: 'connectionId', value: connectionId, index: 'by-connection' });
      const keys = [
        ...(own?.topics ?? []).map((topic) => topicKey(topic, connectionId).topic),
        ...found.map((row) => (row as Key).topic),
        ownKey(connectionId).topic,
      ];
      await deleteRows(
        db,
        table,
        [...new Set(keys)].map((topic) => ({ topic, connectionId })),
      );
    },
    forget: async (connectionId, topic) => {
      const own = await readOwn(connectionId);
      const topics = new Set([...(own?.topics ?? []), topic]);
      await Promise.all([...topics].map((each) => deleteKey(topicKey(each, connectionId))));
      await deleteKey(ownKey(connectionId));
    },
  };
};

const rowOf = ({ connectionId, audience, connectedAt }: Subscriber, topic: string): ConnectionItem => ({
  topic,
  connectionId,
  schema: itemSchemaNumber,
  audience,
  connectedAt,
  expiresAt: Math.ceil((Date.parse(connectedAt) + connectionLifeMs) / 1000),
});

const subscriberOf = ({ connectionId, audience, connectedAt }: ConnectionItem): Subscriber => ({
  connectionId,
  audience,
  connectedAt,
});

/** Deletes rows 25 a call; leftovers are sent again, five rounds, then thrown: a row that stays is gone by its expiry. */
const deleteRows = async (db: DynamoDBDocumentClient, table: string, keys: readonly Key[]): Promise<void> => {
  let waiting = keys.map((key) => ({ DeleteRequest: { Key: key as Record<string, unknown> } }));
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === 5) throw new Error(`${waiting.length} rows of a closed connection could not be deleted.`);
    const leftovers: typeof waiting = [];
    for (let start = 0; start < waiting.length; start += 25) {
      const answer = await db.send(
        new BatchWriteCommand({ RequestItems: { [table]: waiting.slice(start, start + 25) } }),
      );
      for (const each of own(answer.UnprocessedItems, table) ?? [])
        if (each.DeleteRequest?.Key !== undefined) leftovers.push({ DeleteRequest: { Key: each.DeleteRequest.Key } });
    }
    waiting = leftovers;
  }
};
