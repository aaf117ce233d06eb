import { HttpError } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { makeActs } from '#data/acts.ts';

const room = () => {
  let minted = 0;
  const act = makeActs(() => `key-${++minted}`);
  const keys: string[] = [];
  const ask =
    (about: string) =>
    (asks: string, outcome: () => Promise<string> = async () => 'done') =>
      act({ about, asks }, (key) => {
        keys.push(key);
        return outcome();
      });
  const fails = (fault: unknown) => () => Promise.reject(fault);
  return { a: ask('/products/a'), b: ask('/products/b'), keys, fails };
};

describe('an act of staff', () => {
  it('[E2] keeps its key until it is answered: a reply that was lost and a busy store are no answers', async () => {
    const { a, keys, fails } = room();
    for (const fault of [new TypeError('Failed to fetch'), new HttpError('busy', 503), new HttpError('slowly', 429)])
      await expect(a('PUT', fails(fault))).rejects.toBe(fault);
    await a('PUT');
    await a('PUT');
    expect(keys).toEqual(['key-1', 'key-1', 'key-1', 'key-1', 'key-2']);
  });

  it('[E2] gets a new key when it asks for something else, and after it was refused', async () => {
    const { a, b, keys, fails } = room();
    await expect(a('PUT', fails(new HttpError('no', 422)))).rejects.toThrow('no');
    await a('PUT');
    await b('PUT');
    expect(keys).toEqual(['key-1', 'key-2', 'key-3']);
  });

  it('[E2] is a new one after another act on its record was answered: archived, put back, archived again', async () => {
    const { a, b, keys, fails } = room();
    const lost = fails(new TypeError('Failed to fetch'));
    await expect(a('DELETE', lost)).rejects.toThrow();
    await expect(b('DELETE', lost)).rejects.toThrow();
    await a('PUT back');
    await a('DELETE');
    await b('DELETE');
    expect(keys).toEqual(['key-1', 'key-2', 'key-3', 'key-4', 'key-2']);
  });

  it('is one call for two presses', async () => {
    const { a, keys } = room();
    const both = [a('PUT', async () => 'first'), a('PUT', async () => 'second')];
    expect(await Promise.all(both)).toEqual(['first', 'first']);
    expect(keys).toEqual(['key-1']);
  });
});
