import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { HttpError } from 'react-admin';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRefresher } from '#live/refresher.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const room = async (queryKey: readonly unknown[], answer: () => Promise<string> = async () => 'rows') => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const reads: number[] = [];
  const queryFn = () => {
    reads.push(Date.now());
    return answer();
  };
  new QueryObserver(queryClient, { queryKey, queryFn }).subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  const page = { visibilityState: 'visible' as DocumentVisibilityState };
  return { refresher: makeRefresher(queryClient, page), reads, page };
};

describe('live lists', () => {
  it('are read soon after a frame, and every two seconds in a rush', async () => {
    const { refresher, reads } = await room(['orders', 'getList', {}]);
    for (let passed = 0; passed < 8000; passed += 100) {
      refresher.touch('orders', 'a');
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(reads.length).toBeGreaterThanOrEqual(4);
    expect(reads.length).toBeLessThanOrEqual(6);
  });

  it('in fault are not asked at every frame, nor by a reconnect when they were refused', async () => {
    const { refresher, reads } = await room(['orders', 'getList', {}], () => Promise.reject(new HttpError('no', 400)));
    refresher.touch('orders', 'a');
    await vi.advanceTimersByTimeAsync(3000);
    refresher.listens();
    await vi.advanceTimersByTimeAsync(3000);
    expect(reads).toHaveLength(1);
  });

  it('are not read twice at the start, and are after a gap', async () => {
    const { refresher, reads } = await room(['orders', 'getList', {}]);
    await vi.advanceTimersByTimeAsync(300);
    refresher.listens();
    await vi.advanceTimersByTimeAsync(300);
    expect(reads).toHaveLength(1);
    refresher.listens();
    await vi.advanceTimersByTimeAsync(300);
    expect(reads).toHaveLength(2);
  });

  it('are read as a whole when more changed than anybody keeps count of', async () => {
    const { refresher, reads, page } = await room(['orders', 'getOne', { id: 'other' }]);
    page.visibilityState = 'hidden';
    for (let id = 0; id < 150; id += 1) refresher.touch('orders', String(id));
    page.visibilityState = 'visible';
    await vi.advanceTimersByTimeAsync(1000);
    expect(reads).toHaveLength(2);
  });

  it('wait until somebody looks', async () => {
    const { refresher, reads, page } = await room(['orders', 'getList', {}]);
    page.visibilityState = 'hidden';
    refresher.touch('orders', 'a');
    await vi.advanceTimersByTimeAsync(5000);
    expect(reads).toHaveLength(1);
    page.visibilityState = 'visible';
    refresher.seen();
    await vi.advanceTimersByTimeAsync(100);
    expect(reads).toHaveLength(2);
  });
});
