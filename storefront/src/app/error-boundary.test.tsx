import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ErrorBoundary } from '#app/error-boundary.tsx';
import { lazyPart } from '#lib/lazy-part.ts';
import { renderShop } from '#testing/render-shop.tsx';

const Broken = () => {
  throw new TypeError('planted');
};
const missing = () =>
  lazyPart<object>(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));

let isOnline: boolean;
let isUp: boolean;
const reload = vi.fn();
beforeEach(() => {
  [isOnline, isUp] = [true, true];
  reload.mockReset();
  sessionStorage.clear();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => isOnline);
  vi.spyOn(location, 'reload').mockImplementation(reload);
  vi.stubGlobal('fetch', async () => {
    if (!isUp) throw new TypeError('Failed to fetch');
    return new Response();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const open = async (Part: React.ComponentType<object>) => {
  const view = await renderShop(
    <ErrorBoundary>
      <Part />
    </ErrorBoundary>,
  );
  await screen.findByRole('heading', { level: 1 });
  return view;
};
const setOnline = async (value: boolean) => {
  isOnline = value;
  await act(async () => window.dispatchEvent(new Event(value ? 'online' : 'offline')));
};

describe('a page that breaks', () => {
  it('says that it is a fault of ours, and is loaded again only when the shop can be reached', async () => {
    const { user } = await open(Broken);
    expect(screen.getByRole('alert').textContent).toContain('a fault of ours');
    isUp = false;
    const button = screen.getByRole('button', { name: 'Load the page again' });
    await user.click(button);
    expect(reload).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('cannot be reached');
    isUp = true;
    await user.click(button);
    expect(reload).toHaveBeenCalledOnce();
  });
});

describe('a page whose code does not arrive', () => {
  it('says offline and not "a fault of ours", and opens by itself when the connection is back', async () => {
    [isOnline, isUp] = [false, false];
    const { user } = await open(missing());
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Offline');
    expect(document.body.textContent).not.toContain('fault of ours');
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(reload).not.toHaveBeenCalled();
    isUp = true;
    await setOnline(true);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('is loaded anew once after a release that dropped it, and never again and again', async () => {
    const { unmount } = await open(missing());
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
    unmount();
    const { user } = await open(missing());
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('A part of this page could not be loaded.'),
    );
    await setOnline(false);
    await setOnline(true);
    expect(reload).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'Load the page again' }));
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('is not loaded anew where the browser could not remember that it was', async () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await open(missing());
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('A part of this page could not be loaded.'),
    );
    expect(reload).not.toHaveBeenCalled();
  });
});

describe('a part that is loaded when it is shown', () => {
  it('is asked for once and not for ever when it does not arrive', async () => {
    const load = vi.fn(
      () =>
        new Promise<React.ComponentType<object>>((_, reject) => {
          setTimeout(() => reject(new TypeError('offline')), 5);
        }),
    );
    await open(lazyPart(load));
    expect(screen.getByRole('alert').textContent).toContain('not on this device yet');
    expect(load.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('is asked for anew after a failure', async () => {
    const load = vi
      .fn<() => Promise<React.ComponentType<object>>>()
      .mockRejectedValueOnce(new TypeError('offline'))
      .mockResolvedValue(() => <p>here</p>);
    const Part = lazyPart(load);
    await expect(Part.preload()).rejects.toMatchObject({ name: 'ChunkError' });
    const nowMs = Date.now() + 3000;
    vi.spyOn(Date, 'now').mockImplementation(() => nowMs);
    await Part.preload();
    await renderShop(<Part />);
    expect(await screen.findByText('here')).toBeTruthy();
  });
});
