import { type BasketOp, emptyBasket, foldBasket, viewBasketLines } from '@penstock/domain/basket-fold';
import fc from 'fast-check';

/** What a shopper with two devices and a member of staff do to one basket and two products, nobody else's. */
export type Command =
  | { readonly do: 'set'; readonly device: number; readonly product: number; readonly quantity: number }
  | { readonly do: 'clear'; readonly device: number }
  /** A key that comes again is the same order again; `quantities` are of the two products, 0 leaves one out. */
  | { readonly do: 'order'; readonly key: number; readonly quantities: readonly [number, number] }
  | { readonly do: 'stock'; readonly product: number; readonly delta: number }
  | { readonly do: 'raise'; readonly product: number };

export type Scenario = {
  readonly stock: readonly [number, number];
  /** Each step's commands go out together, the next step's after their answers. */
  readonly steps: readonly (readonly Command[])[];
};

const product = fc.nat(1);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('set' as const), device: fc.nat(1), product, quantity: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), device: fc.nat(1) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      key: fc.nat(4),
      quantities: fc.tuple(fc.nat(3), fc.nat(3)).filter(([one, two]) => one + two > 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('stock' as const), product, delta: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raise' as const), product }) },
);

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  stock: fc.tuple(fc.nat(6), fc.nat(6)),
  steps: fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
});

/** What was seen of a scenario: what was accepted, what is stored, what pages were told. */
export type Seen = {
  readonly scenario: Scenario;
  readonly ops: readonly BasketOp[];
  /** Accepted orders by id, with the quantities of each body that was sent under it. */
  readonly orders: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  readonly stored: ReadonlyMap<string, StoredOrder>;
  /** What is left of the two products. */
  readonly left: readonly [number, number];
  /** The basket as its call answers it: by product's place, a line that is not there is none. */
  readonly basket: ReadonlyMap<number, number>;
  /** By order, the statuses that its page was told: by frames, and by its own question after it had subscribed. */
  readonly told: ReadonlyMap<string, readonly string[]>;
};
export type StoredOrder = {
  readonly status: string;
  readonly reason?: string;
  readonly quantities: readonly [number, number];
};

const final = ['placed', 'rejected'];
const places = [0, 1] as const;

/** What is wrong with it against a shop in which one thing happens after the other; nothing when all is right. */
export const faultsOf = (seen: Seen): readonly string[] => [
  ...[...seen.orders].flatMap(([id, bodies]) => orderFaults(seen, id, bodies)),
  ...places.flatMap((place) => stockFaults(seen, place)),
  ...basketFaults(seen),
];

const commandsOf = ({ steps }: Scenario): readonly Command[] => steps.flat();

const orderFaults = (seen: Seen, id: string, bodies: readonly (readonly [number, number])[]): readonly string[] => {
  const order = seen.stored.get(id);
  if (order === undefined) return [`lost: ${id} was accepted and is not stored`];
  const faults: string[] = [];
  if (!final.includes(order.status)) faults.push(`${id} is ${order.status}, which is not final`);
  if (!bodies.some((body) => String(body) === String(order.quantities)))
    faults.push(`${id} holds what nobody sent under it`);
  if (order.status === 'rejected' && !isRightlyRefused(seen, order))
    faults.push(`wrongly refused: ${id}, ${order.reason}`);
  const told = seen.told.get(id) ?? [];
  for (const status of told)
    if (final.includes(status) && status !== order.status)
      faults.push(`misled: a page of ${id} was told ${status}, and it is ${order.status}`);
  if (!told.includes(order.status)) faults.push(`a page of ${id} never learned that it is ${order.status}`);
  return faults;
};

/** A refusal needs a cause that was there: a price that was raised, or less than was asked for at some time. */
const isRightlyRefused = ({ scenario, left }: Seen, { reason, quantities }: StoredOrder): boolean => {
  const commands = commandsOf(scenario);
  if (reason === 'price-changed')
    return commands.some((each) => each.do === 'raise' && (quantities[each.product] ?? 0) > 0);
  if (reason !== 'out-of-stock') return false;
  // Where nobody brings more, stock only falls: it was never less than what is left.
  return places.some((place) => {
    const isRefilled = commands.some((each) => each.do === 'stock' && each.product === place);
    const least = isRefilled ? 0 : left[place];
    return quantities[place] > least;
  });
};

const stockFaults = ({ scenario, stored, left }: Seen, place: 0 | 1): readonly string[] => {
  const brought = commandsOf(scenario).reduce(
    (sum, each) => sum + (each.do === 'stock' && each.product === place ? each.delta : 0),
    0,
  );
  const sold = [...stored.values()].reduce(
    (sum, { status, quantities }) => sum + (status === 'placed' ? quantities[place] : 0),
    0,
  );
  const expected = scenario.stock[place] + brought - sold;
  return [
    ...(left[place] === expected ? [] : [`stock of ${place}: ${left[place]} is left, ${expected} by the ledger`]),
    ...(left[place] < 0 ? [`oversold: ${left[place]} of ${place}`] : []),
  ];
};

const basketFaults = ({ ops, basket }: Seen): readonly string[] => {
  const replayed = new Map(
    viewBasketLines(foldBasket(emptyBasket, ops)).flatMap(({ productId, quantity }) =>
      quantity === 0 ? [] : [[Number(productId), quantity] as const],
    ),
  );
  return places.flatMap((place) =>
    replayed.get(place) === basket.get(place)
      ? []
      : [`basket: ${basket.get(place) ?? 0} of ${place} is kept, ${replayed.get(place) ?? 0} by the replay`],
  );
};
