import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type GetListParams, HttpError } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { orders } from '#orders/index.ts';
import { renderOffice, someOrder } from '#testing/render-office.tsx';

const officeWith = (
  answer: (filter: object, sort?: string) => { data: never[]; total: number; meta?: object },
  at = '/orders',
) => {
  const asked: object[] = [];
  const data = {
    getList: async (_resource: string, { filter, sort }: GetListParams) => {
      asked.push(filter);
      return answer(filter, sort?.field);
    },
  };
  renderOffice({ resources: [orders], data, at });
  return asked;
};
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const all = () => ({ data: [someOrder() as never], total: 1 });

describe('looking for an order', () => {
  it('asks for a whole number alone, in any spelling, and says what is missing of a part', async () => {
    const asked = officeWith(all);
    const field = await screen.findByRole('textbox', { name: 'Order number' });
    type(field, 'olhv3');
    expect(screen.getByText('Give all ten characters, as in 01HV3-K9ZQ7.')).toBeTruthy();
    type(field, 'olhv3 k9zq7');
    await waitFor(() => expect(asked.at(-1)).toEqual({ number: '01HV3-K9ZQ7' }));
    expect(asked.filter((filter) => 'number' in filter)).toEqual([{ number: '01HV3-K9ZQ7' }]);
    expect((field as HTMLInputElement).value).toBe('olhv3 k9zq7');
  });

  it('says of a part of an address that addresses are found whole, and does not say that there is no order', async () => {
    const asked = officeWith(all);
    type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada@exam');
    expect(screen.getByText(/addresses are found whole only/)).toBeTruthy();
    expect(asked.every((filter) => !('email' in filter))).toBe(true);
  });

  it('that finds nothing says where it may be, and lets go of the search', async () => {
    const asked = officeWith((filter) => ('email' in filter ? { data: [], total: 0 } : all()));
    type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada@example.com');
    await screen.findByText(/No stored order matches this search/);
    await userEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
    await screen.findByRole('link', { name: '01HV3-K9ZQ7' });
    expect(asked.at(-1)).toEqual({});
    expect(((await screen.findByRole('textbox', { name: 'E-mail' })) as HTMLInputElement).value).toBe('');
  });

  it('that is refused can be let go of where it is refused, and is said once', async () => {
    officeWith((filter) => {
      if ('email' in filter) throw new HttpError('The filter email is served by no index.', 422);
      return all();
    });
    type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada@example.com');
    await screen.findByText(/The list could not be read. The filter email/);
    expect(screen.getAllByText(/The filter email/)).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
    await screen.findByRole('link', { name: '01HV3-K9ZQ7' });
  });

  it('by a sort that is refused is shown from the start, here and on the next visit', async () => {
    officeWith((_filter, sort) => {
      if (sort === 'total') throw new HttpError('The sort by total is served by no index.', 422);
      return all();
    }, '/orders?sort=total&order=ASC&page=1&perPage=25');
    await screen.findByText(/The sort by total/);
    await userEvent.click(screen.getByRole('button', { name: 'Show it from the start' }));
    await screen.findByRole('link', { name: '01HV3-K9ZQ7' });
  });

  it('in a list that is cut says so', async () => {
    officeWith(() => ({ data: [someOrder() as never], total: 1000, meta: { capped: true } }));
    await screen.findByText('1–25 of more than 1,000');
  });
});
