import type { Random } from '@penstock/domain/clock';

/** Chance that repeats: the same seed gives the same numbers (mulberry32, public domain). */
const makeSeededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Chance by the seed of the faults in force: new faults start its numbers again. */
export const makeFaultChance = (faults: { readonly current: { readonly seed: number } }): Random => {
  let inForce = faults.current;
  let random = makeSeededRandom(inForce.seed);
  return () => {
    if (inForce !== faults.current) {
      inForce = faults.current;
      random = makeSeededRandom(inForce.seed);
    }
    return random();
  };
};
