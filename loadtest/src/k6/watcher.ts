import http from 'k6/http';
import { WebSocket } from 'k6/websockets';
import { type Target, write } from '#k6/shop';

/** As many products as one connection may watch beside the catalogue (contract, section 4: 20 topics). */
const productsMax = 19;
const pingMs = 30_000;
/** What could not be read is read again, and a socket that closed is opened again, as pages do. */
const againMs = 1000;

type Frame = {
  readonly type: string;
  readonly topic?: string;
  readonly topics?: readonly string[];
  readonly rev?: number;
};

/** A page that stays open for `seconds`, keeps the highest rev of each product, and says at the end what it knew. */
export const watch = (target: Target, socketUrl: string, seconds: number): void => {
  const topics: Record<string, number> = {};
  const toRead = new Set<string>();
  const wanted = target.products.slice(0, productsMax).map(({ id }) => `product/${id}`);
  let isOver = false;
  let socket: WebSocket | undefined;

  const learn = (topic: string, rev: number): void => {
    topics[topic] = Math.max(topics[topic] ?? 0, rev);
  };
  const readAll = (): void => {
    for (const topic of toRead) {
      const path = topic.replace('product/', 'products/');
      const answer = http.get(`${target.shopApiUrl}/${path}`, { timeout: '10s', tags: { name: 'product' } });
      if (answer.status !== 200) return;
      learn(topic, Number(answer.json('rev')));
      toRead.delete(topic);
    }
  };
  const receive = (frame: Frame): void => {
    // After `subscribed` no change is missed: what is true now is read then.
    if (frame.type === 'subscribed') for (const topic of wanted) toRead.add(topic);
    if (frame.topic?.startsWith('product/') !== true) return;
    if (frame.type === 'refetch') toRead.add(frame.topic);
    else if (frame.type === 'change' && frame.rev !== undefined) learn(frame.topic, frame.rev);
  };
  const open = (): void => {
    const opened = new WebSocket(`${socketUrl}?audience=shop`);
    socket = opened;
    opened.onopen = () => opened.send(JSON.stringify({ action: 'subscribe', topics: ['catalogue', ...wanted] }));
    opened.onmessage = (message) => receive(JSON.parse(String(message?.data)) as Frame);
    opened.onclose = () => {
      if (!isOver) setTimeout(open, againMs);
    };
  };
  open();
  const reading = setInterval(readAll, againMs);
  const pinging = setInterval(
    () => socket?.readyState === 1 && socket.send(JSON.stringify({ action: 'ping' })),
    pingMs,
  );
  setTimeout(() => {
    isOver = true;
    clearInterval(reading);
    clearInterval(pinging);
    write({ kind: 'seen', atMs: Date.now(), client: `watcher-${__VU}`, topics });
    socket?.close();
  }, seconds * 1000);
};
