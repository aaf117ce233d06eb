import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderShop } from '#testing/render-shop.tsx';
import { useToast } from '#ui/toasts.tsx';

const Buttons = ({ run }: { readonly run: () => void }) => {
  const toast = useToast();
  return (
    <>
      {['sencha', 'sencha', 'assam', 'darjeeling'].map((about, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
          key={index}
          type="button"
          onClick={() => toast({ text: `${index + 1} in your basket`, about, action: { label: 'View basket', run } })}
        >
          {index}
        </button>
      ))}
    </>
  );
};

const press = async (...names: string[]) => {
  const run = vi.fn();
  const view = await renderShop(<Buttons run={run} />);
  for (const name of names) await view.user.click(screen.getByRole('button', { name }));
  const shown = () => [...document.querySelectorAll('.toast > span')].map(({ textContent }) => textContent);
  return { ...view, run, shown };
};

describe('messages', () => {
  it('are one a product, the newest, and two at most', async () => {
    expect((await press('0', '1')).shown()).toEqual(['2 in your basket']);
  });

  it('leave room for the page', async () => {
    expect((await press('1', '2', '3')).shown()).toEqual(['3 in your basket', '4 in your basket']);
  });

  it('are said to who listens, and do their one thing once', async () => {
    const { user, run, shown } = await press('0');
    expect(document.querySelector('[aria-live]')?.textContent).toBe('1 in your basket');
    await user.click(screen.getByRole('button', { name: 'View basket' }));
    expect([run.mock.calls.length, shown()]).toEqual([1, []]);
  });

  it('go by themselves, but not under a pointer', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { user, shown } = await press('0');
    const toast = document.querySelector('.toast');
    if (toast !== null) await user.hover(toast);
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(shown()).toEqual(['1 in your basket']);
    if (toast !== null) await user.unhover(toast);
    await act(() => vi.advanceTimersByTimeAsync(6000));
    expect(shown()).toEqual([]);
    vi.useRealTimers();
  });
});
