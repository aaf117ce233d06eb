import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { activity } from '#activity/index.ts';
import { renderOffice } from '#testing/render-office.tsx';

it('a kind that was never done is not read as "nothing was done"', async () => {
  const filter = encodeURIComponent(JSON.stringify({ kind: 'switches' }));
  const at = `/activity?filter=${filter}&sort=at&order=DESC&page=1&perPage=25`;
  renderOffice({ resources: [activity], data: { getList: async () => ({ data: [], total: 0 }) }, at });
  await screen.findByText(/Nothing of this kind has been done/);
  expect(screen.queryByText(/changed by hand/)).toBeNull();
  expect(screen.getByRole('button', { name: 'Clear the filters' })).toBeTruthy();
});
