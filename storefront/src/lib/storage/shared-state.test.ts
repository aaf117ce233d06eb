import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeRecordStore } from '#lib/storage/record-store.ts';
import { makeSetAside } from '#lib/storage/set-aside.ts';
import { listOf, whole } from '#lib/storage/shape.ts';
import { makeSharedState } from '#lib/storage/shared-state.ts';
import { memoryRecords, settle } from '#lib/testing/fakes.ts';

type Numbers = readonly number[];
const add = (numbers: Numbers, event: number): Numbers => {
  if (event === 13) throw new Error('13 is not added');
  return [...numbers, event];
};
const open = (records = memoryRecords(), setAside = makeSetAside()) => ({
  records,
  setAside,
  state: makeSharedState<Numbers, number>({
    key: 'numbers',
    empty: [],
    shape: listOf(whole()),
    reduce: add,
    records,
    setAside,
  }),
});

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a state that tabs share', () => {
  it('goes on after an event that cannot be folded, which is told to who sent it', async () => {
    const { state } = open();
    await settle();
    await expect(state.apply(13)).rejects.toThrow('13 is not added');
    expect(await state.apply(1)).toEqual([1]);
    expect([state.current(), await state.settled()]).toEqual([[1], [1]]);
  });

  it('goes on after a write that failed', async () => {
    const records = memoryRecords();
    const update = vi.spyOn(records, 'update').mockRejectedValueOnce(new Error('no'));
    const { state } = open(records);
    await expect(state.apply(1)).rejects.toThrow('no');
    expect(await state.apply(2)).toEqual([2]);
    expect(update).toHaveBeenCalledTimes(2);
  });

  it('sets aside what cannot be read, under another key, says so once, and works with the rest', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const records = memoryRecords();
    await records.update('numbers', () => [1, 'poison', 2]);
    const { state, setAside } = open(records);
    await settle();
    expect(state.current()).toEqual([1, 2]);
    expect(setAside.current()).toEqual(['numbers']);
    expect(localStorage.getItem('penstock.aside.numbers')).toBe('["poison"]');
    expect(await records.read('numbers')).toEqual([1, 2]);
    const next = open(records);
    await settle();
    expect([next.state.current(), next.setAside.current()]).toEqual([[1, 2], []]);
  });

  it.each([['text'], [{}], [7], [null]])('begins anew when all of it is something else: %j', async (raw) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const records = memoryRecords();
    await records.update('numbers', () => raw);
    const { state } = open(records);
    expect(await state.apply(3)).toEqual([3]);
  });
});

describe('records', () => {
  it('live as long as the page where the browser throws at the very name of its database', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        constructor() {
          throw new DOMException('denied', 'SecurityError');
        }
      },
    );
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      const records = makeRecordStore();
      expect(records.isDurable()).toBe(false);
      expect(await records.update('key', () => 1)).toBe(1);
      expect(await records.read('key')).toBe(1);
    } finally {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, 'indexedDB');
      else Object.defineProperty(globalThis, 'indexedDB', descriptor);
    }
  });
});
