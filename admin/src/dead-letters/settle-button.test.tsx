import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { SettleButton } from '#dead-letters/settle-button.tsx';
import { renderOffice } from '#testing/render-office.tsx';

it('[T3] counts a reason as the API does, keeps what is typed, and says how much to take away', async () => {
  const letters = {
    name: 'dead-letters',
    list: () => <SettleButton what="discard" chosen={{ ids: ['a'] }} subject="1" />,
  };
  renderOffice({ resources: [letters], data: {}, at: '/dead-letters' });
  fireEvent.click(await screen.findByRole('button', { name: 'Discard' }));
  const reason = await screen.findByRole('textbox', { name: /Reason/ });
  expect(reason.getAttribute('maxlength')).toBeNull();
  const discard = () => screen.getAllByRole('button', { name: 'Discard' }).at(-1);

  fireEvent.change(reason, { target: { value: '🍵'.repeat(200) } });
  expect(discard()).toHaveProperty('disabled', false);
  fireEvent.change(reason, { target: { value: '🍵'.repeat(203) } });
  expect(screen.getByText('The reason has at most 200 characters. Take away 3.')).toBeDefined();
  expect(discard()).toHaveProperty('disabled', true);
  expect(reason).toHaveProperty('value', '🍵'.repeat(203));
});
