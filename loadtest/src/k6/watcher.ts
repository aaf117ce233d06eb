import http from 'k6/http';
import { WebSocket } from 'k6/websockets';
import { type Target, write } from '#k6/shop';

/** As many products as one connection may watch beside the catalogue (contract, section 4: 20 topics). */
const productsMax = 19;
const pingMs = 30_000;

type Frame = {
  readonly type: string;
  readonly topic?: string;
  readonly topics?: readonly string[];
  readonly rev?: number;
};

/** A page that stays open for `seconds`, keeps the highest rev of each product, and says at the end what it knew. */
export const watch = (target: Target, socketUrl: string, seconds: number): void => {
  const topics: Record<string, number> = {};
  const learn = (topic: string, rev: number): void => {
    topics[topic] = Math.max(topics[topic] ?? 0, rev);
  };
  const fetchProduct = (topic: string): void => {
    const answer = http.get(`${target.shopApiUrl}/${topic.replace('product/', 'products/')}`, {
      tags: { name: 'product' },
    });
    if (answer.status === 200) learn(topic, Number(answer.json('rev')));
  };
  const socket = new WebSocket(`${socketUrl}?audience=shop`);
  socket.onopen = () => {
    const wanted = target.products.slice(0, productsMax).map(({ id }) => `product/${id}`);
    socket.send(JSON.stringify({ action: 'subscribe', topics: ['catalogue', ...wanted] }));
    setInterval(() => socket.send(JSON.stringify({ action: 'ping' })), pingMs);
    setTimeout(() => {
      write({ kind: 'seen', atMs: Date.now(), client: `watcher-${__VU}`, topics });
      socket.close();
    }, seconds * 1000);
  };
  socket.onmessage = (message) => {
    const frame = JSON.parse(String(message?.data)) as Frame;
    // After `subscribed` no change is missed: what is true now is read then.
    if (frame.type === 'subscribed')
      for (const topic of frame.topics ?? []) if (topic.startsWith('product/')) fetchProduct(topic);
    if (frame.topic?.startsWith('product/') !== true) return;
    if (frame.type === 'refetch') fetchProduct(frame.topic);
    else if (frame.type === 'change' && frame.rev !== undefined) learn(frame.topic, frame.rev);
  };
};
