import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Sluice } from '#operations/sluice.tsx';
import { renderOffice } from '#testing/render-office.tsx';

it('the gate stands on the scale of its staff, from 0, and is never let down to nothing', async () => {
  const table = { name: 'orders', writePerSecond: 3, consumedPerSecond: 3, throttledPerSecond: 0 } as const;
  const list = () => <Sluice table={table} canMove />;
  renderOffice({ resources: [{ name: 'operations', list }], data: {}, at: '/operations' });
  const gate = (await screen.findByRole('slider', { name: 'Sluice of orders' })) as HTMLInputElement;
  const marks = [...document.querySelectorAll('.gauge > *')].map(({ textContent }) => textContent);
  expect([gate.min, gate.value, gate.max]).toEqual([marks.at(0), '3', marks.at(-1)]);
  fireEvent.change(gate, { target: { value: '0' } });
  expect(gate.value).toBe('1');
});
