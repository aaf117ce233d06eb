import type { PushOutcome, SocketPush } from '#socket-push';

export type SentFrame = { readonly connectionId: string; readonly text: string };

/** Sockets in memory: what was posted, what was closed, and who answers otherwise than ok. */
export const makeMemorySocketPush = (outcomes: Readonly<Record<string, PushOutcome>> = {}) => {
  const sent: SentFrame[] = [];
  const closed: string[] = [];
  const push: SocketPush = {
    post: async (connectionId, text) => {
      const outcome = outcomes[connectionId] ?? 'ok';
      if (outcome === 'ok') sent.push({ connectionId, text });
      return outcome;
    },
    close: async (connectionId) => {
      closed.push(connectionId);
      return 'ok';
    },
  };
  return { push, sent, closed };
};
