import type { RawData, WebSocket } from 'ws';

/** Messages of one client that wait to be handled: over the first the gateway reads no more, over the second it hangs up. */
const pauseAt = 16;
const waitingMax = 100;
/** What a client has not read: one that leaves more is not reading at all. */
const unreadBytesMax = 1024 * 1024;
/** A client that does not answer a close within this is cut off. */
const closeMaxMs = 1000;

export type SocketClient = {
  /** Sends a text; false when the client is gone, or has left so much unread that it is cut off here. */
  readonly deliver: (text: string) => boolean;
  /** Says goodbye with a code and a word; nothing that still comes is handled. */
  readonly close: (code: number, word: string) => void;
};

type Handle = (data: RawData, isBinary: boolean) => Promise<void>;

/**
 * One client, bounded both ways, as API Gateway's limits bound it: its messages are handled one after the other (there
 * they may run side by side), a flood meets a closed door (1008), and what nobody reads does not pile up here.
 */
export const makeSocketClient = (socket: WebSocket, handle: (client: SocketClient) => Handle): SocketClient => {
  const waiting: { readonly data: RawData; readonly isBinary: boolean }[] = [];
  let isRunning = false;
  let isClosing = false;

  const client: SocketClient = {
    deliver: (text) => {
      if (socket.readyState !== socket.OPEN) return false;
      if (socket.bufferedAmount > unreadBytesMax) {
        socket.terminate();
        return false;
      }
      socket.send(text);
      return true;
    },
    close: (code, word) => {
      if (isClosing) return;
      isClosing = true;
      waiting.length = 0;
      // Its own goodbye has to be read, whatever still stands before it.
      socket.resume();
      socket.close(code, word);
      setTimeout(() => socket.terminate(), closeMaxMs).unref();
    },
  };
  const run = handle(client);

  const work = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await run(next.data, next.isBinary).catch((error: unknown) =>
        console.error('A message could not be handled:', error),
      );
      if (waiting.length < pauseAt / 2 && !isClosing) socket.resume();
    }
    isRunning = false;
  };

  socket.on('message', (data, isBinary) => {
    if (isClosing) return;
    waiting.push({ data, isBinary });
    if (waiting.length > waitingMax) return client.close(1008, 'Too many messages at once');
    if (waiting.length >= pauseAt) socket.pause();
    void work();
  });
  return client;
};
