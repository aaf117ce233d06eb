import type { JourneyName } from '#journeys';
import { newBasketId, pickProducts, placeOrder, read, setLine, type Target } from '#k6/shop';
import type { Plan } from '#plan';
import { type Random, randomFrom } from '#random';

/** One step of a journey: what one arrival does. */
export type JourneyStep = (target: Target, random: Random, plan: Plan) => void;

/** Few enough that ten and more ops of one basket wait at once when the table is starved (design, section 9). */
const stormBaskets = 60;
const words = ['tea', 'coffee', 'pot', 'green', 'filter', 'cup'];

const browse: JourneyStep = (target, random) => {
  const [product] = pickProducts(target, random, 1);
  const turn = random();
  if (turn < 0.4 || product === undefined) return read(target, 'list', `/products?page=1&pageSize=24`);
  if (turn < 0.6) return read(target, 'search', `/products?q=${words[Math.floor(random() * words.length)]}`);
  read(target, 'product', `/products/${product.id}`);
};

const basketStorm: JourneyStep = (target, random, plan) => {
  const basketId = newBasketId(randomFrom(plan.seed, Math.floor(random() * stormBaskets)));
  const [product] = pickProducts(target, random, 1);
  if (product !== undefined) setLine(target, basketId, product.id, Math.floor(random() * 10));
};

/** Orders two products; the order's id when it was accepted. */
export const orderTwo = (target: Target, random: Random): string | undefined => {
  const lines = pickProducts(target, random, 2).map(({ id, priceMinor }) => ({
    productId: id,
    quantity: 1,
    priceMinor,
  }));
  return placeOrder(target, random, newBasketId(random), lines);
};

const checkoutRush: JourneyStep = (target, random) => void orderTwo(target, random);

const flashSale: JourneyStep = (target, random, { flash }) => {
  const product = target.products.find(({ id }) => id === flash?.productId);
  if (product === undefined) throw new Error('The plan names no product that is on sale.');
  placeOrder(target, random, newBasketId(random), [
    { productId: product.id, quantity: 1, priceMinor: product.priceMinor },
  ]);
};

/** A shopper fills a basket and orders what is in it: the order's lines carry the stamps of the basket's (C9). */
const shopWithBasket: JourneyStep = (target, random) => {
  const basketId = newBasketId(random);
  const lines = pickProducts(target, random, 2).map(({ id, priceMinor }) => ({
    productId: id,
    quantity: 1,
    priceMinor,
    stamp: setLine(target, basketId, id, 1),
  }));
  placeOrder(target, random, basketId, lines);
};

const mixed: JourneyStep = (target, random, plan) => {
  const turn = random();
  if (turn < 0.7) browse(target, random, plan);
  else if (turn < 0.93) basketStorm(target, random, plan);
  else shopWithBasket(target, random, plan);
};

const writes: JourneyStep = (target, random, plan) => {
  if (random() < 0.1) checkoutRush(target, random, plan);
  else basketStorm(target, random, plan);
};

export const journeySteps: Readonly<Record<JourneyName, JourneyStep>> = {
  browse,
  'basket-storm': basketStorm,
  'checkout-rush': checkoutRush,
  'flash-sale': flashSale,
  mixed,
  writes,
  watchers: checkoutRush,
};
