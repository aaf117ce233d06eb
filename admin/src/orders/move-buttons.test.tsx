import type { StaffOrder } from '@penstock/domain/order';
import { act, screen, waitFor } from '@testing-library/react';
import type { DataProvider } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { orders } from '#orders/index.ts';
import { renderOffice, someOrder } from '#testing/render-office.tsx';

const at = `/orders/${someOrder().id}/show`;
const pending = { status: 'packed', since: new Date().toISOString(), by: 'Sam', correlationId: 'c' } as const;

const officeWith = (stored: StaffOrder, answer: () => Promise<StaffOrder>) => {
  const puts: unknown[] = [];
  const reads: number[] = [];
  const data = {
    getOne: async () => {
      reads.push(Date.now());
      return { data: stored };
    },
    update: async (_resource: string, params: unknown) => {
      puts.push(params);
      return { data: await answer() };
    },
  } as unknown as Partial<DataProvider>;
  renderOffice({ resources: [orders], data, at });
  return { puts, reads, button: (name: string) => screen.findByRole('button', { name }) };
};

describe('the moves of an order', () => {
  it('are asked for once by a double click, and the focus goes to where the answer stands', async () => {
    const { puts, button } = officeWith(someOrder(), () => new Promise(() => {}));
    const packing = await button('Mark as packed');
    // Both clicks come before anything is drawn anew.
    act(() => {
      packing.click();
      packing.click();
    });
    await waitFor(() => expect(puts).toHaveLength(1));
    expect(document.activeElement?.getAttribute('role')).toBe('status');
    expect(packing).toHaveProperty('disabled', true);
  });

  it('stay blocked while one waits, for whoever opens the page', async () => {
    const { button } = officeWith(someOrder({ pending }), async () => someOrder());
    expect(await button('Mark as packed')).toHaveProperty('disabled', true);
    expect(await button('Cancel order')).toHaveProperty('disabled', true);
    expect(screen.getByRole('status').textContent).toMatch(/^Packed: taken, waiting to be stored\. Asked for by Sam/);
  });

  it('that could not be worked lead to their dead letter', async () => {
    officeWith(someOrder({ pending: { ...pending, letterId: 'a.b' } }), async () => someOrder());
    const link = await screen.findByRole('link', { name: 'its dead letter' });
    expect(link.getAttribute('href')).toBe('/dead-letters/a.b/show');
  });
});

it('a refused order says which units were missing', async () => {
  const refused = someOrder({
    status: 'rejected',
    moves: [],
    reason: 'out-of-stock',
    shortLines: [{ productId: 'assam', wanted: 50, available: 9 }],
  });
  officeWith(refused, async () => refused);
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Refused: not enough stock.Assam: 50 wanted, 9 in stock then',
  );
});
