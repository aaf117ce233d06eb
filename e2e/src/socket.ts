import type { ChangeFrame, Frame } from '@penstock/domain/frames';
import { WebSocket } from 'ws';
import type { Addresses } from '#cloud';
import { until } from '#until';

export type Listener = {
  readonly frames: readonly Frame[];
  readonly changes: (topic: string) => readonly ChangeFrame[];
  readonly send: (message: unknown) => void;
  /** Sends a subscribe message and waits for its answer. */
  readonly subscribe: (...topics: readonly string[]) => Promise<Frame & { type: 'subscribed' }>;
  readonly next: <F extends Frame>(what: string, match: (frame: Frame) => frame is F) => Promise<F>;
  readonly close: () => void;
};

/** Opens a socket; rejects with the HTTP status when it is refused. */
export const openSocket = (
  cloud: Addresses,
  audience: string,
  options: { origin?: string; localAddress?: string } = {},
): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${cloud.socketUrl}?audience=${audience}`, {
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
    });
    const frames: Frame[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame));
    socket.on('unexpected-response', (_request, response) => reject(new Error(`refused ${response.statusCode}`)));
    socket.on('error', reject);
    socket.on('open', () => resolve(listenerOf(socket, frames)));
  });

const listenerOf = (socket: WebSocket, frames: Frame[]): Listener => {
  const send = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const next = <F extends Frame>(what: string, match: (frame: Frame) => frame is F): Promise<F> =>
    until(what, () => frames.find(match) as F | undefined);
  return {
    frames,
    changes: (topic) =>
      frames.filter((frame): frame is ChangeFrame => frame.type === 'change' && frame.topic === topic),
    send,
    subscribe: async (...topics) => {
      const before = frames.filter((frame) => frame.type === 'subscribed').length;
      send({ action: 'subscribe', topics });
      return until(
        'the answer to subscribe',
        () => frames.filter((frame) => frame.type === 'subscribed')[before],
      ) as Promise<Frame & { type: 'subscribed' }>;
    },
    next,
    close: () => socket.close(),
  };
};
