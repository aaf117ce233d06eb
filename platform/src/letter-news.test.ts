import { describe, expect, it } from 'vitest';
import { makeLetterNews } from '#letter-news';
import { makeLogger } from '#logger';
import { makeMemoryConnectionStore } from '#testing/memory-connection-store';
import { makeMemorySocketPush } from '#testing/memory-socket-push';

const nowMs = Date.parse('2025-11-23T10:00:00.000Z');
const clock = { now: () => nowMs };
const orderId = '01hv3k9zq7c2x5t8w4n6m00000';
const letter = { id: orderId };

const makeRoom = async (outcomes: Parameters<typeof makeMemorySocketPush>[0] = {}) => {
  const connections = makeMemoryConnectionStore({ clock });
  const sockets = makeMemorySocketPush(outcomes);
  const lines: string[] = [];
  const logger = makeLogger({
    functionName: 'test',
    level: 'debug',
    now: clock.now,
    write: (line) => lines.push(line),
  });
  const join = async (connectionId: string, audience: 'shop' | 'staff', topics: readonly string[]) => {
    const connection = { connectionId, audience, connectedAt: new Date(nowMs).toISOString() };
    await connections.open(connection);
    await connections.setTopics({ ...connection, topics: [] }, topics);
  };
  await join('shopper', 'shop', [`order/${orderId}`]);
  await join('office', 'staff', ['staff/dead-letters']);
  return { connections, sockets, logger, lines, join };
};

describe('news of a dead letter', () => {
  it('[H1] is a refetch frame to its order and to the office, and nothing of the letter', async () => {
    const { sockets, ...deps } = await makeRoom();
    await makeLetterNews({ ...deps, push: sockets.push }).tell([letter, { id: 'orders.message-1' }]);
    expect(sockets.sent.map(({ connectionId, text }) => [connectionId, JSON.parse(text)])).toEqual([
      ['office', { type: 'refetch', schema: 1, topic: 'staff/dead-letters' }],
      ['shopper', { type: 'refetch', schema: 1, topic: `order/${orderId}` }],
    ]);
  });

  it('says nothing when there is none', async () => {
    const { sockets, ...deps } = await makeRoom();
    await makeLetterNews({ ...deps, push: sockets.push }).tell([]);
    expect(sockets.sent).toEqual([]);
  });

  it('[H3] closes a connection that cannot be told, so that it comes back and asks', async () => {
    const { sockets, ...deps } = await makeRoom({ office: 'failed', shopper: 'gone' });
    await makeLetterNews({ ...deps, push: sockets.push }).tell([letter]);
    expect(sockets.closed).toEqual(['office']);
  });

  it('[H6] goes to no shopper on a staff topic, whatever its rows say', async () => {
    const { sockets, join, ...deps } = await makeRoom();
    await join('intruder', 'shop', ['staff/dead-letters']);
    await makeLetterNews({ ...deps, push: sockets.push }).tell([letter]);
    expect(sockets.sent.map(({ connectionId }) => connectionId)).not.toContain('intruder');
  });

  it('[H5] throws at nobody when the listeners cannot be read', async () => {
    const { sockets, lines, logger } = await makeRoom();
    const connections = { connectionsOf: () => Promise.reject(new Error('away')) };
    await makeLetterNews({ connections, push: sockets.push, logger }).tell([letter]);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['refetch-news-lost', 'refetch-news-lost']);
  });
});
