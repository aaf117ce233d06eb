import { describe, expect, it } from 'vitest';
import { isRefusalNews, overtakenText, statusText } from '#orders/words.ts';
import { someOrder } from '#testing/render-office.tsx';
import { timeText } from '#times.ts';

const at = '2025-11-23T10:05:00.000Z';
const pending = { status: 'packed', since: at, by: 'Sam', correlationId: 'c' } as const;
const packed = someOrder({
  status: 'packed',
  timeline: [...someOrder().timeline, { status: 'packed', at, by: 'Sam' }],
  moves: ['shipped', 'cancelled'],
});

describe('a move that somebody else was faster than', () => {
  it('names them, and says whether it can be asked for again', () => {
    const fact = `Sam marked it as packed at ${timeText(at)}.`;
    expect(overtakenText(packed, 'cancelled')).toBe(
      `${fact} It was not cancelled: press again if you still want that.`,
    );
    expect(overtakenText({ ...packed, moves: [] }, 'cancelled')).toBe(`${fact} It was not cancelled.`);
  });

  it('says as much as is known of an older order', () => {
    const old = someOrder({ status: 'shipped', moves: ['delivered'] });
    expect(overtakenText(old, 'packed')).toBe('The order is shipped by now. It was not packed.');
  });

  it('names a move that waits', () => {
    expect(overtakenText(someOrder({ pending }), 'cancelled')).toMatch(
      /^Packed: taken, waiting to be stored\. Asked for by Sam/,
    );
  });
});

it('a list shows what waits beside what is', () => {
  expect(statusText(someOrder())).toBe('Placed');
  expect(statusText(someOrder({ pending }))).toBe('Placed; packed waits');
  expect(statusText(someOrder({ pending: { ...pending, letterId: 'l' } }))).toBe('Placed; packed is held');
});

it.each([
  ['of the move before', someOrder(), true],
  [
    'that something has come after',
    someOrder({ timeline: [{ status: 'shipped', at: '2025-11-23T10:06:00.000Z' }] }),
    false,
  ],
  ['of what has been reached since', someOrder({ status: 'packed' }), false],
])('a refusal %s is news: %#', (_what, order, news) => {
  expect(isRefusalNews({ ...order, refusedMove: { status: 'packed', reason: 'no', at } })).toBe(news);
});
