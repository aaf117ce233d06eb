import http from 'k6/http';
import { WebSocket } from 'k6/websockets';
import { orderTwo } from '#k6/journeys';
import { type Target, write } from '#k6/shop';
import type { Plan } from '#plan';
import type { Random } from '#random';

/** A connection takes 20 topics (contract, section 4): the catalogue, products, and orders that are not placed yet. */
const productsMax = 14;
const ordersMax = 5;
/** A page now and then orders, to measure how long it takes from placing to the frame that says so. */
const orderEveryMs = 15_000;
const pingMs = 30_000;
/** What could not be read is read again, and a socket that closed is opened again, as pages do. */
const againMs = 1000;

type Frame = {
  readonly type: string;
  readonly topic?: string;
  readonly topics?: readonly string[];
  readonly rev?: number;
  readonly data?: { readonly timeline?: readonly { readonly status: string; readonly at: string }[] } | null;
};

/**
 * A page that stays open until the drain has had its time, keeps the highest rev of each product and says at the end what
 * it knew. While the load lasts it orders now and then, and says when it was told that the order is placed.
 */
export const watch = (target: Target, plan: Plan, random: Random): void => {
  const orders = new Set<string>();
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
  const say = (action: string, topics: readonly string[]): void => {
    if (socket?.readyState === 1) socket.send(JSON.stringify({ action, topics }));
  };
  const hearOfOrder = ({ topic = '', data }: Frame): void => {
    const placedAt = data?.timeline?.find(({ status }) => status === 'placed')?.at;
    if (placedAt !== undefined)
      write({ kind: 'told', atMs: Date.now(), id: topic.replace('order/', ''), placedAtMs: Date.parse(placedAt) });
    // Whatever came, a refusal or a refetch, it is no longer waited for.
    orders.delete(topic);
    say('unsubscribe', [topic]);
  };
  const order = (): void => {
    if (orders.size >= ordersMax || socket?.readyState !== 1) return;
    const id = orderTwo(target, random);
    if (id === undefined) return;
    orders.add(`order/${id}`);
    say('subscribe', [`order/${id}`]);
  };
  const receive = (frame: Frame): void => {
    // After `subscribed` no change is missed: what is true now is read then.
    if (frame.type === 'subscribed')
      for (const topic of frame.topics ?? []) if (topic.startsWith('product/')) toRead.add(topic);
    if (orders.has(frame.topic ?? '')) hearOfOrder(frame);
    if (frame.topic?.startsWith('product/') !== true) return;
    if (frame.type === 'refetch') toRead.add(frame.topic);
    else if (frame.type === 'change' && frame.rev !== undefined) learn(frame.topic, frame.rev);
  };
  const open = (): void => {
    const opened = new WebSocket(`${plan.socketUrl}?audience=shop`);
    socket = opened;
    opened.onopen = () => say('subscribe', ['catalogue', ...wanted, ...orders]);
    opened.onmessage = (message) => receive(JSON.parse(String(message?.data)) as Frame);
    opened.onclose = () => {
      if (!isOver) setTimeout(open, againMs);
    };
  };
  open();
  const reading = setInterval(readAll, againMs);
  // Not all of them at one moment.
  for (let atMs = random() * orderEveryMs; atMs < plan.seconds * 1000; atMs += orderEveryMs) setTimeout(order, atMs);
  const pinging = setInterval(
    () => socket?.readyState === 1 && socket.send(JSON.stringify({ action: 'ping' })),
    pingMs,
  );
  setTimeout(
    () => {
      isOver = true;
      clearInterval(reading);
      clearInterval(pinging);
      write({ kind: 'seen', atMs: Date.now(), client: `watcher-${__VU}`, topics });
      socket?.close();
    },
    (plan.seconds + plan.settleSeconds) * 1000,
  );
};
