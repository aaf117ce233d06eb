import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, follow, type Offered, placeOne, type Refused, type ShopCall } from '#rush/crowd';
import type { RushWish } from '#rush/rush-arguments';
import { lineOf, secondsOf, type Tally, tallyOf } from '#rush/tally';
import { CommandEnded } from '#supervisor/exit';

export type RushDeps = {
  readonly shopApiUrl: string;
  readonly say: (text: string) => void;
  readonly print: (value: object) => void;
  /** Between two looks at the orders that wait. */
  readonly everyMs?: number;
};

const sameEveryMs = 10_000;
/** Landing within this is what an idle shop does. */
const keptUpMs = 5000;

/** Places many orders at once and follows them until all have landed, or the time is over. Throws CommandEnded. */
export const runRush = async (wish: RushWish, deps: RushDeps): Promise<Tally> => {
  refuseElsewhere(deps.shopApiUrl);
  const call: ShopCall = (path, init) => fetch(`${deps.shopApiUrl}${path}`, init);
  const offered = await chooseProducts(call, wish.products);
  const signal = AbortSignal.timeout(wish.followMs);
  const begunMs = Date.now();
  const attempts: Attempt[] = [];
  const refused: Refused[] = [];
  const tally = () => tallyOf(wish.count, attempts, refused);
  let told = { what: '', atMs: 0 };
  /** What has changed, at once; what has not, now and then. */
  const tell = () => {
    const now = tally();
    const what = JSON.stringify(now);
    if (what === told.what && Date.now() - told.atMs < sameEveryMs) return;
    told = { what, atMs: Date.now() };
    const seconds = Math.round((Date.now() - begunMs) / 1000);
    if (wish.json) deps.print({ event: 'rush', seconds, ...now });
    else deps.say(lineOf(now, seconds));
  };

  let next = 0;
  const shopper = async (): Promise<void> => {
    while (next < wish.count && !signal.aborted) {
      const product = offered[next++ % offered.length] as Offered;
      const answer = await placeOne(call, product, signal).catch(() => ({ status: 0, code: 'no-answer' }));
      if ('id' in answer) attempts.push(answer);
      else refused.push(answer);
    }
  };
  const placing = Promise.all(Array.from({ length: wish.concurrency }, shopper));
  let isPlacing = true;
  void placing.then(() => {
    isPlacing = false;
  });

  while (!signal.aborted && (isPlacing || tally().waiting > 0)) {
    await sleep(deps.everyMs ?? 1000);
    await followAll(call, attempts, wish.concurrency, signal);
    tell();
  }
  await placing;
  const done = tally();
  if (wish.json) deps.print({ event: 'done', seconds: Math.round((Date.now() - begunMs) / 1000), ...done });
  else deps.say(closing(done, Date.now() - begunMs));
  return done;
};

const followAll = async (
  call: ShopCall,
  attempts: readonly Attempt[],
  width: number,
  signal: AbortSignal,
): Promise<void> => {
  const waiting = attempts.filter(({ status }) => status === 'accepted');
  const line = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined && !signal.aborted; one = waiting.shift())
      // Away for a moment: the next look asks again.
      await follow(call, one, signal).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: width }, line));
};

/** It orders for real: never against anything but this machine. */
const refuseElsewhere = (url: string): void => {
  const { hostname } = new URL(url);
  if (!/^(127\.0\.0\.\d{1,3}|localhost|\[::1\])$/.test(hostname))
    throw new CommandEnded(2, `rush: ${hostname} is not this machine. A rush is for the one-machine cloud alone.`);
};

type Listed = { readonly items: readonly (Offered & { readonly stock: { readonly available: number } })[] };

const chooseProducts = async (call: ShopCall, wished: readonly string[]): Promise<readonly Offered[]> => {
  const answer = await call('/products?pageSize=100&inStock=true').catch(() => undefined);
  if (answer === undefined)
    throw new CommandEnded(
      1,
      'rush: the shop does not answer. Look at `npm run status`; it may be starting or ending.',
    );
  if (!answer.ok)
    throw new CommandEnded(1, `rush: the shop answers ${answer.status} to its catalogue. Try again in a moment.`);
  const { items } = (await answer.json()) as Listed;
  const fitting = items.filter(({ id }) => wished.length === 0 || wished.includes(id));
  const missing = wished.find((id) => !items.some((item) => item.id === id));
  if (missing !== undefined) throw new CommandEnded(2, `--product ${missing}: there is no such product with stock.`);
  if (fitting.length === 0)
    throw new CommandEnded(1, 'rush: nothing in the shop has stock. Add some in the back office.');
  return [...fitting].sort((left, right) => right.stock.available - left.stock.available);
};

const closing = (tally: Tally, tookMs: number): string => {
  if (tally.accepted === 0)
    return `None of ${tally.asked} orders was accepted (${Object.keys(tally.notTaken).join(', ')}). Nothing waits. Look at \`npm run status\` and \`npm run switch\`.`;
  const waiting = tally.waiting === 0 ? 'None waits.' : `${tally.waiting} still wait; they are placed without you.`;
  const lever =
    tally.statedWaitMs < 1000 && tally.waiting === 0 && tookMs < keptUpMs
      ? ' The tables kept up. Starve one to see a wait: `npm start -- --capacity orders=2`, then this again.'
      : ' Give the capacity back on the Write path page of the back office, or with `--capacity orders=50`.';
  return `${tally.accepted} of ${tally.asked} orders were accepted, ${tally.placed} are placed after ${secondsOf(tookMs)}. ${waiting}${lever}`;
};
