import type { Frame } from '@penstock/domain/frames';
import { WebSocket } from 'ws';
import type { Addresses } from '#cloud';
import { call } from '#http';

/** A page that shows one product: the highest rev it knows, by a frame or by asking. */
type Page = { rev: number; reopened: number; subscribed: boolean; end: () => void };

export type Crowd = {
  readonly pages: readonly Page[];
  /** When each frame came, ms since 1970. */
  readonly framesAtMs: readonly number[];
  readonly refetches: () => number;
  readonly end: () => void;
};

/**
 * Opens many pages on one product, some at a time, and waits until each has its topic. A page whose socket breaks opens
 * a new one after 0.2 to 0.7 s, takes the topic again and asks for the state, as the shop's pages do; it keeps the
 * highest rev.
 */
export const gatherCrowd = async (cloud: Addresses, productId: string, size: number, openers = 12): Promise<Crowd> => {
  const topic = `product/${productId}`;
  const framesAtMs: number[] = [];
  let refetches = 0;
  const ask = async (page: Page): Promise<void> => {
    const answer = await call<{ rev: number }>('GET', `${cloud.shopApiUrl}/products/${productId}`);
    if (answer.status === 200) page.rev = Math.max(page.rev, answer.body.rev);
  };
  const openPage = (): Promise<Page> =>
    new Promise((resolve) => {
      let ended = false;
      let socket: WebSocket | undefined;
      const page: Page = {
        rev: 0,
        reopened: 0,
        subscribed: false,
        end: () => {
          ended = true;
          socket?.terminate();
        },
      };
      const open = (): void => {
        const opened = new WebSocket(`${cloud.socketUrl}?audience=shop`);
        socket = opened;
        // A socket that could not be opened closes too, and is opened again.
        opened.on('error', () => opened.terminate());
        opened.on('open', () => opened.send(JSON.stringify({ action: 'subscribe', topics: [topic] })));
        opened.on('close', () => {
          page.subscribed = false;
          if (ended) return;
          page.reopened += 1;
          setTimeout(open, 200 + Math.random() * 500);
        });
        opened.on('message', (data) => {
          const frame = JSON.parse(String(data)) as Frame;
          if (frame.type === 'change') {
            framesAtMs.push(Date.now());
            page.rev = Math.max(page.rev, frame.rev);
          } else if (frame.type === 'refetch') {
            refetches += 1;
            void ask(page);
          } else if (frame.type === 'subscribed' && frame.topics.includes(topic)) {
            page.subscribed = true;
            if (page.reopened > 0) void ask(page);
            resolve(page);
          }
        });
      };
      open();
    });
  const pages: Page[] = [];
  const left = Array.from({ length: size }).values();
  await Promise.all(
    Array.from({ length: openers }, async () => {
      for (const _ of left) pages.push(await openPage());
    }),
  );
  return {
    pages,
    framesAtMs,
    refetches: () => refetches,
    end: () => {
      for (const page of pages) page.end();
    },
  };
};

/** The most of these moments that lie in one second, wherever it begins. They come in order. */
export const mostInASecond = (atMs: readonly number[]): number => {
  let most = 0;
  let from = 0;
  for (let to = 0; to < atMs.length; to += 1) {
    while ((atMs[to] ?? 0) - (atMs[from] ?? 0) >= 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
};
