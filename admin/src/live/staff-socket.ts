import { socketTimes } from '@penstock/domain/socket-times';
import { WebSocket as ReconnectingSocket } from 'partysocket';

type Deps = {
  readonly socketUrl: string;
  readonly topics: readonly string[];
  /** Hears every frame as it came. */
  readonly onText: (text: string) => void;
  readonly onClose?: () => void;
};

/**
 * A socket of the back office, open until the returned function is called. It opens itself again, after 0.5 s at first
 * and up to 15 s, notices when it died in silence, and takes its topics anew each time.
 */
export const openStaffSocket = ({ socketUrl, topics, onText, onClose }: Deps): (() => void) => {
  const socket = new ReconnectingSocket(`${socketUrl}?audience=staff`, [], {
    minReconnectionDelay: 500,
    maxReconnectionDelay: 15_000,
    maxEnqueuedMessages: 0,
  });
  const times = socketTimes({
    ping: () => socket.send(JSON.stringify({ action: 'ping' })),
    reopen: () => socket.reconnect(),
    random: Math.random,
    timers: globalThis,
  });
  socket.addEventListener('open', () => {
    times.opened();
    socket.send(JSON.stringify({ action: 'subscribe', topics }));
  });
  socket.addEventListener('close', () => {
    times.closed();
    onClose?.();
  });
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    times.heard();
    onText(data);
  });
  const seen = (): void => {
    if (document.visibilityState === 'visible') times.check();
  };
  document.addEventListener('visibilitychange', seen);
  return () => {
    document.removeEventListener('visibilitychange', seen);
    times.closed();
    socket.close();
  };
};
