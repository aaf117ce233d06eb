import { makeLogger } from '@penstock/platform/logger';
import { operationsView } from '@penstock/platform/operations-view';
import { allRunning } from '@penstock/platform/switches';
import { describe, expect, it } from 'vitest';
import type { FrameDraft } from '#core/frame-drafts';
import { makePushOperations, type PushOperationsDeps } from '#flows/push-operations';

const quiet = { visible: 0, inFlight: 0, delayed: 0 };
const record = (messageId: string) => ({
  messageId,
  receiptHandle: `receipt ${messageId}`,
  body: '{}',
  receives: 1,
  group: 'operations',
});
const nobody = { unposted: undefined, posted: 0, gone: 0, failed: 0 };
const startMs = 1_000_000;

const makeRoom = (listening: (tick: number) => boolean, overrides: Partial<PushOperationsDeps> = {}) => {
  let nowMs = startMs;
  const frames: FrameDraft[] = [];
  const deferred: unknown[] = [];
  const lines: string[] = [];
  const clock = { now: () => nowMs };
  const push = makePushOperations({
    operations: {
      read: async () =>
        operationsView({
          atMs: nowMs,
          depths: { orders: quiet, baskets: quiet, moves: quiet },
          leases: [],
          capacity: {},
          switches: allRunning,
          canMoveCapacity: true,
        }),
    },
    postFrames: async ([frame]) => {
      if (frame !== undefined && listening(frames.length)) frames.push(frame);
      else return nobody;
      return { ...nobody, posted: 1 };
    },
    deferral: {
      defer: async (messages, delaySeconds) => {
        deferred.push(...messages.map(({ messageId }) => ({ messageId, delaySeconds })));
        return [];
      },
    },
    clock,
    sleep: async (delayMs) => {
      nowMs += delayMs;
    },
    logger: makeLogger({
      functionName: 'push-operations',
      level: 'debug',
      now: clock.now,
      write: (line) => lines.push(line),
    }),
    ...overrides,
  });
  /** So long before the event's time is up, ms; less once it is told so. */
  let endsAtMs = Number.POSITIVE_INFINITY;
  const pushFor = (records: Parameters<typeof push>[0], leftMs: number) => {
    endsAtMs = nowMs + leftMs;
    return push(records, () => endsAtMs - nowMs);
  };
  const hurry = (leftMs: number) => {
    endsAtMs = nowMs + leftMs;
  };
  return { push: pushFor, hurry, now: clock.now, frames, deferred, lines };
};

describe('the meters on their topic', () => {
  it('go out every two seconds under the time of their reading, and the message goes back at once', async () => {
    const { push, frames, deferred } = makeRoom(() => true);
    expect(await push([record('a'), record('b')], 10_000)).toEqual(['b']);
    expect(frames.map(({ topic, id, rev }) => [topic, id, rev - startMs])).toEqual([
      ['staff/operations', 'operations', 0],
      ['staff/operations', 'operations', 2000],
      ['staff/operations', 'operations', 4000],
      ['staff/operations', 'operations', 6000],
    ]);
    expect(deferred).toEqual([{ messageId: 'b', delaySeconds: 0 }]);
  });

  it('go back at once when less time is left than was said at first', async () => {
    const { push, hurry, now, frames, deferred } = makeRoom(() => {
      if (now() >= startMs + 4000) hurry(1000);
      return true;
    });
    expect(await push([record('a')], 60_000)).toEqual(['a']);
    expect([frames.length, now() - startMs]).toEqual([3, 4000]);
    expect(deferred).toEqual([{ messageId: 'a', delaySeconds: 0 }]);
  });

  it('end when nobody listens any more: every message is settled', async () => {
    const { push, frames, deferred } = makeRoom((tick) => tick < 2);
    expect(await push([record('a'), record('b')], 60_000)).toEqual([]);
    expect(frames).toHaveLength(2);
    expect(deferred).toEqual([]);
  });

  it('wait for the next reading when one fails', async () => {
    const operations = { read: async () => Promise.reject(new Error('throttled')) };
    const { push, frames, lines } = makeRoom(() => true, { operations });
    expect(await push([record('a')], 5000)).toEqual(['a']);
    expect(frames).toEqual([]);
    expect(lines.filter((line) => line.includes('operations-unread'))).toHaveLength(2);
  });

  it('go on while the listeners cannot be read', async () => {
    const postFrames = async () => ({ ...nobody, unposted: 0 });
    expect(await makeRoom(() => true, { postFrames }).push([record('a')], 5000)).toEqual(['a']);
  });

  it('tell of a message that could not be put back', async () => {
    const deferral = { defer: async () => [{ messageId: 'a', code: 'InternalError' }] };
    const { push, lines } = makeRoom(() => true, { deferral });
    expect(await push([record('a')], 2000)).toEqual(['a']);
    expect(lines.some((line) => line.includes('deferral-failed'))).toBe(true);
  });
});
