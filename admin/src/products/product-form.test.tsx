import type { StaffProduct } from '@penstock/domain/product';
import { useQueryClient } from '@tanstack/react-query';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { type DataProvider, HttpError, Link } from 'react-admin';
import { describe, expect, it, vi } from 'vitest';
import { products } from '#products/index.ts';
import { editFaults } from '#products/product-form.ts';
import { renderOffice } from '#testing/render-office.tsx';
import { someProduct } from '#testing/some-product.ts';

type Sent = { readonly data: Record<string, unknown> };

let refetch = async () => {};
/** Reads every query again, as after a reconnect. */
const Refetch = () => {
  const queryClient = useQueryClient();
  refetch = () => queryClient.invalidateQueries();
  return null;
};

/** An office with one product that can be sold and saved beside the open form. */
const openEdit = async (answer: (params: Sent, stored: StaffProduct) => Promise<StaffProduct>) => {
  const room = { stored: someProduct(), fault: undefined as Error | undefined };
  const sent: Sent[] = [];
  const data = {
    getOne: async () => {
      if (room.fault !== undefined) throw room.fault;
      return { data: room.stored };
    },
    getList: async () => ({ data: [room.stored], total: 1 }),
    update: async (_resource: string, params: Sent) => {
      sent.push(params);
      return { data: await answer(params, room.stored) };
    },
    delete: async () => ({ data: { ...room.stored, archived: true, version: room.stored.version + 1 } }),
  } as unknown as Partial<DataProvider>;
  renderOffice({ resources: [products], data, at: '/products/assam', beside: <Refetch /> });
  await field('Name');
  return {
    sent,
    /** What a frame does: the record moves, and every query is read again. */
    moves: async (overrides: Partial<StaffProduct>) => {
      room.stored = { ...room.stored, ...overrides, rev: room.stored.rev + 1 };
      await act(() => refetch());
    },
    fails: async (fault: Error) => {
      room.fault = fault;
      await act(() => refetch().catch(() => {}));
      room.fault = undefined;
    },
  };
};

const field = (name: string) => screen.findByLabelText<HTMLInputElement>(new RegExp(`^${name}`));
const type = async (name: string, value: string) => fireEvent.change(await field(name), { target: { value } });
const press = async (name: string) => fireEvent.click(await screen.findByText(name, { selector: 'button' }));
/** The form as it begins from a product. */
const formOf = ({ name, category, description, price }: StaffProduct) => ({ name, category, description, price });
const refused = (errors: Record<string, string>) => new HttpError('no', 422, { message: 'no', errors });

describe('an open product form', () => {
  it('keeps what is typed while the product is sold, and shows the stock of now without a bar', async () => {
    const office = await openEdit(async (_, stored) => stored);
    await type('Description', 'New words');
    await type('Price', '12,5');
    await office.moves({ stock: { available: 8, level: 'in' } });
    expect((await field('Description')).value).toBe('New words');
    expect((await field('Price')).value).toBe('12,5');
    expect(screen.getByText('In stock now: 8')).toBeTruthy();
    expect(screen.queryByText(/Changed meanwhile/)).toBeNull();
  });

  it('keeps what is typed when a colleague saves, says who, and saves after field by field', async () => {
    const office = await openEdit(async (params, stored) => {
      if (params.data.version !== stored.version)
        throw new HttpError('conflict', 409, { message: 'conflict', current: stored });
      return stored;
    });
    await type('Name', 'Mine');
    await office.moves({
      version: 2,
      name: 'Theirs',
      description: 'Their words.',
      editedAt: '2026-01-02T10:00:00.000Z',
      editedBy: 'Zoë',
    });
    expect((await screen.findByText(/Changed meanwhile\. Saved by Zoë/)).textContent).toContain(
      'What you typed is kept',
    );
    await press('Save');
    const panel = await screen.findByLabelText('Changed by someone else');
    await waitFor(() => expect(document.activeElement).toBe(panel));
    expect(screen.getByRole('radiogroup', { name: 'Name' }).textContent).toBe(
      'NameBefore: AssamMine: MineTheirs: Theirs',
    );
    await press('Use these');
    await press('Save');
    await waitFor(() => expect(office.sent).toHaveLength(2));
    expect(office.sent[1]?.data).toMatchObject({ version: 2, name: 'Mine', description: 'Their words.' });
  });

  it('stays when its record cannot be read again', async () => {
    const office = await openEdit(async (_, stored) => stored);
    await type('Name', 'Mine');
    await office.fails(new HttpError('busy', 503));
    expect((await field('Name')).value).toBe('Mine');
  });

  it('follows what is stored while nothing is typed', async () => {
    const office = await openEdit(async (_, stored) => stored);
    await office.moves({ version: 2, name: 'Theirs' });
    await waitFor(async () => expect((await field('Name')).value).toBe('Theirs'));
  });

  it('is archived with what is typed left in it, and saved after that', async () => {
    const office = await openEdit(async (_, stored) => stored);
    await type('Name', 'Mine');
    await press('Archive');
    await press('Archive it');
    expect(await screen.findByText('Archived')).toBeTruthy();
    expect((await field('Name')).value).toBe('Mine');
    await press('Save');
    await waitFor(() => expect(office.sent[0]?.data).toMatchObject({ version: 2, name: 'Mine' }));
  });

  it('that is archived after a colleague saved still rests on what it began from: their price is not saved over unseen', async () => {
    const office = await openEdit(async (_, stored) => stored);
    await type('Name', 'Mine');
    await office.moves({ version: 2, price: { amountMinor: 1300, currency: 'GBP' }, editedBy: 'Zoë' });
    await press('Archive');
    await press('Archive it');
    await screen.findByText('Archived');
    await press('Save');
    await waitFor(() => expect(office.sent[0]?.data).toMatchObject({ version: 1, name: 'Mine' }));
  });
});

describe('a picture that is not sent yet', () => {
  const withPicture = (alt: string) =>
    editFaults({ ...formOf(someProduct()), images: [{ file: new File(['x'], 'tea.png'), alt }] }, someProduct());

  it('keeps no form from being saved, and is checked by its words', () => {
    expect(withPicture('A tin')).toEqual({});
    expect(Object.keys(withPicture('x'.repeat(201)))).toEqual(['images.0.alt']);
  });
});

describe('a save that is refused', () => {
  it.each([
    ['stockChange', 'Change the stock by'],
    ['stockChange.reason', 'Reason of the stock change'],
    ['price.amountMinor', 'Price'],
  ])('marks the field of %s, takes the focus there, and is sent again', async (path, label) => {
    let isRefused = true;
    const office = await openEdit(async (_, stored) => {
      if (isRefused) throw refused({ [path]: 'Not like this.' });
      return stored;
    });
    await type('Name', 'Mine');
    await press('Save');
    await waitFor(async () => expect((await field(label)).getAttribute('aria-invalid')).toBe('true'));
    await waitFor(async () => expect(document.activeElement).toBe(await field(label)));
    expect(screen.getByRole('alert').textContent).toContain('Not like this.');
    isRefused = false;
    await press('Save');
    await waitFor(() => expect(office.sent).toHaveLength(2));
  });

  it('says what no field can mend, and what had no answer, and is sent again', async () => {
    const faults = [refused({ 'images.0.src': 'Not a picture.' }), new Error('No answer came.')];
    const office = await openEdit(async (_, stored) => {
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
      return stored;
    });
    await type('Name', 'Mine');
    await press('Save');
    expect((await screen.findByRole('alert')).textContent).toContain('Not a picture.');
    await press('Save');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('No answer came.'));
    await press('Save');
    await waitFor(() => expect(office.sent).toHaveLength(3));
  });

  it('asks nothing of the server when it knows better, in words with the bound', async () => {
    const office = await openEdit(async (_, stored) => stored);
    await type('Price', '12.345');
    await type('Change the stock by', '1.5');
    await press('Save');
    const said = (await screen.findByRole('alert')).textContent ?? '';
    expect(said).toContain('Price: Give at most 2 digits after the point.');
    expect(said).toContain('Give a whole number, such as 5 or -2.');
    expect(said).toContain('Say why in at least 3 characters.');
    expect(office.sent).toEqual([]);
  });
});

describe('a new product', () => {
  it('whose name is taken offers its id, and leaving it half filled asks', async () => {
    const confirm = vi.fn(() => false);
    vi.stubGlobal('confirm', confirm);
    const sent: Sent[] = [];
    const data = {
      create: async (_resource: string, params: Sent) => {
        sent.push(params);
        if (params.data.id === undefined) throw refused({ id: 'There is a product assam already.' });
        return { data: someProduct({ id: 'assam-2' }) };
      },
      getList: async () => ({ data: [], total: 0 }),
    } as unknown as Partial<DataProvider>;
    renderOffice({
      resources: [products],
      data,
      at: '/products/create',
      beside: <Link to="/products">Elsewhere</Link>,
    });
    await type('Name', 'Assam');
    fireEvent.click(screen.getByText('Elsewhere'));
    await waitFor(() => expect(confirm).toHaveBeenCalledTimes(1));
    expect((await field('Name')).value).toBe('Assam');
    await type('Price', '4,50');
    fireEvent.mouseDown(await screen.findByRole('combobox', { name: /Category/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'Black tea' }));
    await press('Save');
    await waitFor(async () => expect((await field('Id')).getAttribute('aria-invalid')).toBe('true'));
    await type('Id', 'assam-2');
    await press('Save');
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.data).toMatchObject({ id: 'assam-2', price: { amountMinor: 450, currency: 'GBP' } });
    vi.unstubAllGlobals();
  });
});
