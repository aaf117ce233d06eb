import { expect, it } from 'vitest';
import { pendingRefreshMs } from '#lists/pending.ts';

it('what waits is asked again, more rarely in a long wait, and nothing else is', () => {
  const since = '2025-11-23T10:00:00.000Z';
  const pending = { since, by: 'Sam', correlationId: 'c' };
  const after = (ms: number) => pendingRefreshMs(pending, Date.parse(since) + ms);
  expect([pendingRefreshMs(undefined), after(0), after(29_999), after(30_000)]).toEqual([false, 2000, 2000, 10_000]);
});
