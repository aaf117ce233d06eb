import { shardOf } from '@penstock/domain/topics';

/** Numbers from 0 to 1 that a text decides (mulberry32 over its FNV-1a): the same text, the same numbers, everywhere. */
export const randomOf = (text: string): (() => number) => {
  let state = shardOf(text, 0xffffffff);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
};

/** One of a list, by a text. */
export const pickBy = <T>(text: string, list: readonly [T, ...T[]]): T => list[shardOf(text, list.length)] ?? list[0];
