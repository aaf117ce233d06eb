import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeLive, type OpenSocket } from '#lib/live/live.ts';

const setUp = (random = 0) => {
  const sent: unknown[] = [];
  const said: string[] = [];
  let handlers: Parameters<OpenSocket>[0] | undefined;
  let reopened = 0;
  const live = makeLive({
    openSocket: (given) => {
      handlers = given;
      return { send: (text) => sent.push(JSON.parse(text)), reopen: () => (reopened += 1) };
    },
    random: () => random,
  });
  const listener = (name: string) => ({
    onReady: () => said.push(`${name} ready`),
    onChange: ({ rev }: { rev: number }) => said.push(`${name} ${rev}`),
    onRefetch: () => said.push(`${name} refetch`),
  });
  const receive = (frame: unknown): void => handlers?.onText(JSON.stringify(frame));
  const subscribed = (topics: readonly string[]): void => receive({ type: 'subscribed', topics, refused: [] });
  return {
    live,
    sent,
    said,
    listener,
    receive,
    subscribed,
    open: () => handlers?.onOpen(),
    close: () => handlers?.onClose(),
    seen: () => handlers?.onSeen(),
    reopened: () => reopened,
  };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('[H2] the live connection', () => {
  it('takes topics once it is open, tells who takes them when they are ready, and again after a break', async () => {
    const { live, sent, said, listener, subscribed, open, close } = setUp();
    live.subscribe('catalogue', listener('a'));
    expect([sent, live.status()]).toEqual([[], 'away']);
    open();
    expect(sent).toEqual([{ action: 'subscribe', topics: ['catalogue'] }]);
    expect(said).toEqual([]);
    subscribed(['catalogue']);
    live.subscribe('catalogue', listener('b'));
    await Promise.resolve();
    expect(said).toEqual(['a ready', 'b ready']);
    expect(sent).toHaveLength(1);
    close();
    expect([live.status(), live.isReady('catalogue')]).toEqual(['away', false]);
    open();
    subscribed(['catalogue']);
    expect(said.slice(2)).toEqual(['a ready', 'b ready']);
  });

  it('hands frames to the takers of their topic alone', () => {
    const { live, said, listener, receive, open } = setUp();
    live.subscribe('order/1', listener('order'));
    live.subscribe('catalogue', listener('catalogue'));
    open();
    receive({ type: 'change', topic: 'order/1', id: '1', rev: 3, at: '', correlationId: '', data: {} });
    receive({ type: 'refetch', topic: 'catalogue' });
    receive({ type: 'change', topic: 'order/2', id: '2', rev: 1, at: '', correlationId: '', data: {} });
    expect(said).toEqual(['order 3', 'catalogue refetch']);
  });

  it('gives a topic back a moment after its last taker left, not when the next page takes it', () => {
    const { live, sent, listener, open } = setUp();
    open();
    const leave = live.subscribe('catalogue', listener('a'));
    open();
    leave();
    live.subscribe('catalogue', listener('b'));
    vi.advanceTimersByTime(5000);
    expect(sent).toHaveLength(1);
    live.subscribe('order/1', listener('c'))();
    vi.advanceTimersByTime(5000);
    expect(sent.slice(1)).toEqual([
      { action: 'subscribe', topics: ['order/1'] },
      { action: 'unsubscribe', topics: ['order/1'] },
    ]);
  });

  it('reopens when nothing answers a ping, at once when the page comes back to sight', () => {
    const { live, sent, listener, receive, open, seen, reopened } = setUp();
    live.subscribe('catalogue', listener('a'));
    open();
    vi.advanceTimersByTime(5 * 60_000);
    expect(sent.at(-1)).toEqual({ action: 'ping' });
    receive({ type: 'pong', at: '' });
    vi.advanceTimersByTime(60_000);
    expect(reopened()).toBe(0);
    seen();
    vi.advanceTimersByTime(20_000);
    expect([sent.length, reopened()]).toEqual([3, 1]);
  });

  it.each([
    [0, 100],
    [0.5, 105],
    [0.999, 109.99],
  ])('[H4] is opened anew before the limit of 2 h, spread by chance: %d gives minute %d', (random, minute) => {
    const { live, sent, said, listener, receive, subscribed, open, close, reopened } = setUp(random);
    live.subscribe('order/1', listener('a'));
    open();
    subscribed(['order/1']);
    const advance = (ms: number) => {
      for (let left = ms; left > 0; left -= 10_000) {
        vi.advanceTimersByTime(Math.min(left, 10_000));
        receive({ type: 'pong', at: '' });
      }
    };
    advance(minute * 60_000 - 1000);
    expect(reopened()).toBe(0);
    advance(2000);
    expect(reopened()).toBe(1);
    close();
    open();
    expect(sent.at(-1)).toEqual({ action: 'subscribe', topics: ['order/1'] });
    expect(live.isReady('order/1')).toBe(false);
    subscribed(['order/1']);
    expect(said).toEqual(['a ready', 'a ready']);
    advance(60_000);
    expect(reopened()).toBe(1);
  });
});
