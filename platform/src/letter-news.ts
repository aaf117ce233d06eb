import { frameSchemaNumber } from '@penstock/domain/frames';
import { orderIdPattern } from '@penstock/domain/ids';
import { topicAudience } from '@penstock/domain/topics';
import type { ConnectionStore } from '#connection-store';
import { errorFields, type Logger } from '#logger';
import type { SocketPush } from '#socket-push';

/**
 * Tells pages that dead letters were written, redriven or discarded: a `refetch` frame to the order of each and one to
 * the office (H1). Never throws: who misses it reads the same by GET, after its next reconnect at the latest (H5).
 */
export type LetterNews = {
  readonly tell: (letters: readonly { readonly id: string }[]) => Promise<void>;
};

export type LetterNewsDeps = {
  readonly connections: Pick<ConnectionStore, 'connectionsOf'>;
  readonly push: SocketPush;
  readonly logger: Logger;
};

/** Topics told side by side. */
const lanes = 16;

export const makeLetterNews = ({ connections, push, logger }: LetterNewsDeps): LetterNews => {
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
      logger.warn('letter-news-lost', { topic, ...errorFields(error) });
    }
  };

  return {
    tell: async (letters) => {
      if (letters.length === 0) return;
      const orders = letters.filter(({ id }) => orderIdPattern.test(id)).map(({ id }) => `order/${id}`);
      const topics = ['staff/dead-letters', ...new Set(orders)];
      for (let start = 0; start < topics.length; start += lanes)
        await Promise.all(topics.slice(start, start + lanes).map(tellTopic));
    },
  };
};
