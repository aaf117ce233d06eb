import type PartySocket from 'partysocket/ws';
import type { OpenSocket } from '#lib/live/live.ts';
import { waitOrOnline } from '#lib/net/backoff.ts';

type Deps = { readonly socketUrl: () => Promise<string> };

const loadAgainAfterMs = 5000;

/**
 * A socket that opens itself again, after 0.5 to 1.5 s at first, then slower by half each time, up to 20 s. Its code is
 * loaded when the first topic is taken: nothing on the first screen waits for it.
 */
export const makePartySocket =
  ({ socketUrl }: Deps): OpenSocket =>
  ({ onOpen, onClose, onText, onSeen }) => {
    let socket: PartySocket | undefined;
    const open = async (): Promise<void> => {
      const { default: Socket } = await loadSocket();
      socket = new Socket(async () => `${await socketUrl()}?audience=shop`, [], {
        minReconnectionDelay: 500 + Math.random() * 1000,
        maxReconnectionDelay: 20_000,
        reconnectionDelayGrowFactor: 1.5,
        connectionTimeout: 8000,
        maxEnqueuedMessages: 0,
      });
      socket.addEventListener('open', onOpen);
      socket.addEventListener('close', onClose);
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') onText(event.data);
      });
      globalThis.addEventListener('online', () => socket?.reconnect());
      document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && onSeen());
    };
    void open();
    return { send: (text) => socket?.send(text), reopen: () => socket?.reconnect() };
  };

const loadSocket = async (): Promise<typeof import('partysocket/ws')> => {
  for (;;) {
    try {
      return await import('partysocket/ws');
    } catch (error) {
      console.warn('The live connection could not be loaded.', error);
      await waitOrOnline(loadAgainAfterMs);
    }
  }
};
