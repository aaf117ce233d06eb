import { describe, expect, it } from 'vitest';
import { effectOf } from '#live/live-topics.ts';

describe('[H1] a frame in the back office', () => {
  it.each([
    [
      'a change',
      { type: 'change', topic: 'staff/orders', id: 'o1', rev: 2 },
      { kind: 'refresh', resource: 'orders', id: 'o1' },
    ],
    ['a refetch', { type: 'refetch', topic: 'staff/products' }, { kind: 'refresh', resource: 'products' }],
    [
      'news of dead letters',
      { type: 'refetch', topic: 'staff/dead-letters' },
      { kind: 'refresh', resource: 'dead-letters' },
    ],
    ['the answer to subscribe', { type: 'subscribed', topics: [], refused: [] }, { kind: 'subscribed' }],
    ['a topic of no list', { type: 'change', topic: 'order/x', id: 'x' }, { kind: 'none' }],
    ['a pong', { type: 'pong', at: '' }, { kind: 'none' }],
  ])('that is %s means %j', (_what, frame, effect) => {
    expect(effectOf(JSON.stringify(frame))).toEqual(effect);
  });

  it('that cannot be read changes nothing', () => {
    expect(effectOf('nonsense')).toEqual({ kind: 'none' });
    expect(effectOf('null')).toEqual({ kind: 'none' });
  });
});
