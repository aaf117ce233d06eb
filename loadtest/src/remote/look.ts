import type { StoredBasket } from '#audit/stored';
import { isAccepted, type OpReceipt, type OrderReceipt, type Receipt } from '#receipts';
import { isRecord } from '#run/json';

/** What a deployment says of an order, to whoever holds its receipt. `absent`: it knows no such order. */
export type LookedOrder = { readonly id: string; readonly status: string; readonly reason?: string };
export type Looked = { readonly orders: readonly LookedOrder[]; readonly baskets: readonly StoredBasket[] };

export type LookDeps = {
  readonly fetch: (
    url: string,
    headers: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => number;
  readonly isTiredOfWaiting: () => boolean;
};

/** Calls at a time: looking must not be a load of its own. */
const atOnce = 4;
const everyMs = 2000;

/** Asks for every accepted order until each is final or the time is over. Answers the last that was said of each. */
export const lookUntilFinal = async (
  deps: LookDeps,
  shopApiUrl: string,
  receipts: readonly Receipt[],
  secondsMax: number,
): Promise<readonly LookedOrder[]> => {
  const wanted = new Map(
    receipts
      .filter((each): each is OrderReceipt => each.kind === 'order' && isAccepted(each))
      .flatMap(({ id, receipt = '' }) => (id === undefined ? [] : [[id, receipt] as const])),
  );
  const said = new Map<string, LookedOrder>();
  const untilMs = deps.now() + secondsMax * 1000;
  for (;;) {
    const open = [...wanted].filter(([id]) => !isFinal(said.get(id)));
    await inTurn(open, async ([id, receipt]) => {
      const { status, body } = await deps.fetch(`${shopApiUrl}/orders/${id}`, { 'Order-Receipt': receipt });
      if (status === 404) said.set(id, { id, status: 'absent' });
      else if (status === 200 && isRecord(body))
        said.set(id, {
          id,
          status: String(body.status),
          ...(typeof body.reason === 'string' ? { reason: body.reason } : {}),
        });
    });
    const isDone = [...wanted.keys()].every((id) => isFinal(said.get(id)));
    if (isDone || deps.now() >= untilMs || deps.isTiredOfWaiting()) break;
    await deps.sleep(everyMs);
  }
  // Never answered is not absent: nothing is known of it, as of one that waits.
  return [...wanted.keys()].map((id) => said.get(id) ?? { id, status: 'accepted' });
};

const isFinal = (order: LookedOrder | undefined): boolean =>
  order !== undefined && !['accepted', 'absent'].includes(order.status);

/** Every basket that an accepted op went to; one that cannot be read is left out and says so by its absence. */
export const lookAtBaskets = async (
  { fetch }: Pick<LookDeps, 'fetch'>,
  shopApiUrl: string,
  receipts: readonly Receipt[],
): Promise<readonly StoredBasket[]> => {
  const ids = new Set(
    receipts
      .filter((each): each is OpReceipt => each.kind === 'op' && isAccepted(each))
      .map(({ basketId }) => basketId),
  );
  const baskets: StoredBasket[] = [];
  await inTurn([...ids], async (id) => {
    const { status, body } = await fetch(`${shopApiUrl}/baskets/${id}`, {});
    if (status === 200 && isRecord(body)) baskets.push(body as StoredBasket);
  });
  return baskets;
};

const inTurn = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const left = [...items];
  const next = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
};
