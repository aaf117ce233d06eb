/** Chance that a seed repeats (mulberry32): the same seed and step give the same shopper. Runs in k6 and in Node. */
export type Random = () => number;

export const randomFrom = (...seeds: readonly number[]): Random => {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ (seed + 0x9e3779b9), 0x85ebca6b) ^ (mixed >>> 13), 1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** An index below `count`; the first few come up far more often (Zipf, exponent 1): products are not equally popular. */
export const zipfIndex = (random: Random, count: number): number => {
  let total = 0;
  for (let rank = 1; rank <= count; rank += 1) total += 1 / rank;
  let left = random() * total;
  for (let rank = 1; rank <= count; rank += 1) {
    left -= 1 / rank;
    if (left <= 0) return rank - 1;
  }
  return count - 1;
};

export const bytesFrom = (random: Random, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
