import { frameSchemaNumber } from '@penstock/domain/frames';
import { topicAudience } from '@penstock/domain/topics';
import type { ConnectionStore } from '#connection-store';
import { errorFields, type Logger } from '#logger';
import type { SocketPush } from '#socket-push';

/**
 * Tells pages that something changed which no stream tells of: a `refetch` frame to each topic (H1). Never throws: who
 * misses it reads the same by GET, after its next reconnect at the latest (H5).
 */
export type RefetchNews = { readonly tell: (topics: readonly string[]) => Promise<void> };

export type RefetchNewsDeps = {
  readonly connections: Pick<ConnectionStore, 'connectionsOf'>;
  readonly push: SocketPush;
  readonly logger: Logger;
};

/** Topics told side by side. */
const lanes = 16;

export const makeRefetchNews = ({ connections, push, logger }: RefetchNewsDeps): RefetchNews => {
  const post = async (connectionId: string, text: string): Promise<void> => {
    // A connection that is gone is forgotten by the broadcasts and by its expiry; one that fails has to come back (H3).
    if ((await push.post(connectionId, text)) !== 'failed') return;
    const outcome = await push.close(connectionId);
    logger.warn('connection-closed-after-failed-post', { connectionId, outcome });
  };

  const tellTopic = async (topic: string): Promise<void> => {
    try {
      const text = JSON.stringify({ type: 'refetch', schema: frameSchemaNumber, topic });
      const listeners = await connections.connectionsOf(topic);
      const allowed = listeners.filter(({ audience }) => audience === 'staff' || topicAudience(topic) === 'shop');
      await Promise.all(allowed.map(({ connectionId }) => post(connectionId, text)));
    } catch (error) {
      logger.warn('refetch-news-lost', { topic, ...errorFields(error) });
    }
  };

  return {
    tell: async (topics) => {
      const each = [...new Set(topics)];
      for (let start = 0; start < each.length; start += lanes)
        await Promise.all(each.slice(start, start + lanes).map(tellTopic));
    },
  };
};
