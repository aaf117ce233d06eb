import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { renderShop } from '#testing/render-shop.tsx';
import { QuantityStepper } from '#ui/quantity-stepper.tsx';

const Held = ({ heard }: { readonly heard: number[] }) => {
  const [quantity, setQuantity] = useState(5);
  const change = (next: number): void => {
    heard.push(next);
    setQuantity(next);
  };
  return <QuantityStepper name="Sencha" quantity={quantity} min={0} onChange={change} />;
};

const open = async () => {
  const heard: number[] = [];
  const view = await renderShop(<Held heard={heard} />);
  return { ...view, heard, field: screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Quantity of Sencha' }) };
};

describe('the stepper of a quantity', () => {
  it('is no field that follows the mouse wheel', async () => {
    const { field, heard } = await open();
    field.focus();
    fireEvent.wheel(field, { deltaY: 120 });
    field.blur();
    expect(field.type).toBe('text');
    expect(heard).toEqual([]);
  });

  it.each(['1e1', '1.5', '-1', ''])('keeps what was there when %j is typed, and says why', async (typed) => {
    const { user, field, heard } = await open();
    await user.clear(field);
    if (typed !== '') await user.type(field, typed);
    await user.tab();
    expect(heard).toEqual([]);
    expect(field.value).toBe('5');
    expect(screen.getAllByText('Type a whole number from 0 to 99.').length).toBeGreaterThan(0);
  });

  it('takes a number on Enter, the arrows and the buttons', async () => {
    const { user, field, heard } = await open();
    await user.clear(field);
    await user.type(field, '12{Enter}');
    await user.type(field, '{ArrowUp}{ArrowUp}{ArrowDown}{Enter}');
    await user.click(screen.getByRole('button', { name: 'Increase quantity of Sencha' }));
    expect(heard).toEqual([12, 13, 14]);
  });
});
