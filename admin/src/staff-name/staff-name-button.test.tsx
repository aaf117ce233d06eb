import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { keepStaffName } from '#staff-name/keep-staff-name.ts';
import { readStaffName } from '#staff-name/staff-name.ts';
import { StaffNameButton } from '#staff-name/staff-name-button.tsx';

it('a name is changed in place: none is forgotten before there is another', async () => {
  keepStaffName('Sam');
  render(<StaffNameButton />);
  fireEvent.click(screen.getByRole('button', { name: 'Sam, change the name' }));
  expect(readStaffName()).toBe('Sam');
  const field = await screen.findByRole('textbox', { name: 'Your name' });
  fireEvent.change(field, { target: { value: ' ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Change' }));
  expect(screen.getByText('Give your name in 1 to 80 characters.')).toBeTruthy();
  expect(readStaffName()).toBe('Sam');
  fireEvent.change(field, { target: { value: 'Zoë' } });
  fireEvent.click(screen.getByRole('button', { name: 'Change' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(readStaffName()).toBe('Zoë');
  expect(screen.getByRole('button', { name: 'Zoë, change the name' })).toBeTruthy();
});
