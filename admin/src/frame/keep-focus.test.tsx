import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useKeptFocus } from '#frame/keep-focus.ts';

afterEach(cleanup);

const Page = ({ button }: { readonly button: 'ready' | 'busy' | 'gone' }) => {
  useKeptFocus();
  return (
    <>
      <h1 id="react-admin-title" tabIndex={-1}>
        Orders
      </h1>
      {button !== 'gone' && (
        <button type="button" disabled={button === 'busy'}>
          Archive
        </button>
      )}
    </>
  );
};

it('the focus goes to the heading when what had it is gone, and comes back to a button that was busy', async () => {
  const { rerender } = render(<Page button="ready" />);
  const button = screen.getByRole('button');
  button.focus();
  rerender(<Page button="busy" />);
  // A browser takes the focus from what is disabled; jsdom leaves it there.
  button.blur();
  await new Promise(requestAnimationFrame);
  rerender(<Page button="ready" />);
  await waitFor(() => expect(document.activeElement).toBe(button));
  rerender(<Page button="gone" />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading')));
});
