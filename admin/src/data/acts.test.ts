import { HttpError } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { makeActs } from '#data/acts.ts';

const room = () => {
  let minted = 0;
  const act = makeActs(() => `key-${++minted}`);
  const keys: string[] = [];
  const send = (outcome: () => Promise<string>) => (key: string) => {
    keys.push(key);
    return outcome();
  };
  return { act, keys, send };
};

describe('an act of staff', () => {
  it('[E2] keeps its key until it is answered: a reply that was lost and a busy store are no answers', async () => {
    const { act, keys, send } = room();
    for (const fault of [new TypeError('Failed to fetch'), new HttpError('busy', 503), new HttpError('slowly', 429)])
      await expect(
        act(
          'PUT a',
          send(() => Promise.reject(fault)),
        ),
      ).rejects.toBe(fault);
    await act(
      'PUT a',
      send(async () => 'done'),
    );
    await act(
      'PUT a',
      send(async () => 'done'),
    );
    expect(keys).toEqual(['key-1', 'key-1', 'key-1', 'key-1', 'key-2']);
  });

  it('[E2] gets a new key when it asks for something else, and after it was refused', async () => {
    const { act, keys, send } = room();
    await expect(
      act(
        'PUT a',
        send(() => Promise.reject(new HttpError('no', 422))),
      ),
    ).rejects.toThrow('no');
    await act(
      'PUT a',
      send(async () => 'done'),
    );
    await act(
      'PUT b',
      send(async () => 'done'),
    );
    expect(keys).toEqual(['key-1', 'key-2', 'key-3']);
  });

  it('is one call for two presses', async () => {
    const { act, keys, send } = room();
    const both = [
      act(
        'PUT a',
        send(async () => 'first'),
      ),
      act(
        'PUT a',
        send(async () => 'second'),
      ),
    ];
    expect(await Promise.all(both)).toEqual(['first', 'first']);
    expect(keys).toEqual(['key-1']);
  });
});
