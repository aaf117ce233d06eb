import type { Random } from '@penstock/domain/clock';
import type { ChangeFrame, Frame } from '@penstock/domain/frames';
import { socketTimes } from '@penstock/domain/socket-times';

/** What a taker of a topic hears. */
export type TopicListener = {
  /** The topic is taken: no change is missed from here on, so ask for the state now (H2). */
  readonly onReady: () => void;
  readonly onChange: (frame: ChangeFrame) => void;
  /** The change was too big or too many for a frame: ask for the state. */
  readonly onRefetch: () => void;
};

/** `idle` while nobody takes a topic, `away` while a socket that is wanted is not open. */
export type LiveStatus = 'idle' | 'away' | 'open';

export type Live = {
  /** Takes a topic until the returned function is called. Takers of one topic share it. */
  readonly subscribe: (topic: string, listener: TopicListener) => () => void;
  readonly status: () => LiveStatus;
  readonly isReady: (topic: string) => boolean;
  /** Hears of changes of status() and isReady(). */
  readonly onStatus: (listener: () => void) => () => void;
};

/** A socket that opens itself again. What it reports goes to the handlers. */
type Socket = { readonly send: (text: string) => void; readonly reopen: () => void };
export type OpenSocket = (handlers: {
  readonly onOpen: () => void;
  readonly onClose: () => void;
  readonly onText: (text: string) => void;
  /** The page came back to sight: it may have slept, and its socket may have died meanwhile. */
  readonly onSeen: () => void;
}) => Socket;

type LiveDeps = { readonly openSocket: OpenSocket; readonly random: Random };

/** A topic is given back this long after its last taker left: the next page often takes it again. */
const lingerMs = 2000;

/** Takes topics over one socket, which is opened with the first of them. */
export const makeLive = ({ openSocket, random }: LiveDeps): Live => {
  const takers = new Map<string, Set<TopicListener>>();
  const ready = new Set<string>();
  const statusListeners = new Set<() => void>();
  let socket: Socket | undefined;
  let open = false;

  const tell = (): void => {
    for (const listener of statusListeners) listener();
  };
  const send = (message: unknown): void => {
    if (open) socket?.send(JSON.stringify(message));
  };
  const times = socketTimes({
    ping: () => send({ action: 'ping' }),
    reopen: () => socket?.reopen(),
    random,
    timers: globalThis,
  });

  const receive = (text: string): void => {
    times.heard();
    const frame = JSON.parse(text) as Frame;
    if (frame.type === 'subscribed') {
      for (const { topic, code } of frame.refused) console.warn(`The topic ${topic} was refused: ${code}.`);
      for (const topic of frame.topics.filter((each) => takers.has(each))) {
        ready.add(topic);
        for (const listener of takers.get(topic) ?? []) listener.onReady();
      }
      tell();
    } else if (frame.type === 'change') for (const listener of takers.get(frame.topic) ?? []) listener.onChange(frame);
    else if (frame.type === 'refetch') for (const listener of takers.get(frame.topic) ?? []) listener.onRefetch();
    else if (frame.type === 'problem') console.warn('The live connection reports a problem.', frame);
  };

  const ensureSocket = (): void => {
    socket ??= openSocket({
      onOpen: () => {
        open = true;
        times.opened();
        if (takers.size > 0) send({ action: 'subscribe', topics: [...takers.keys()] });
        tell();
      },
      onClose: () => {
        open = false;
        ready.clear();
        times.closed();
        tell();
      },
      onText: receive,
      onSeen: times.check,
    });
  };

  const leave = (topic: string): void => {
    if (takers.get(topic)?.size !== 0) return;
    takers.delete(topic);
    ready.delete(topic);
    send({ action: 'unsubscribe', topics: [topic] });
  };

  return {
    subscribe: (topic, listener) => {
      const known = takers.get(topic);
      if (known === undefined) {
        takers.set(topic, new Set([listener]));
        send({ action: 'subscribe', topics: [topic] });
      } else {
        known.add(listener);
        if (ready.has(topic)) queueMicrotask(() => known.has(listener) && listener.onReady());
      }
      ensureSocket();
      return () => {
        takers.get(topic)?.delete(listener);
        setTimeout(() => leave(topic), lingerMs);
      };
    },
    status: () => (socket === undefined ? 'idle' : open ? 'open' : 'away'),
    isReady: (topic) => ready.has(topic),
    onStatus: (listener) => {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
  };
};
