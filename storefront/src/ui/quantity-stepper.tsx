import { limits } from '@penstock/domain/limits';
import { type KeyboardEvent, useId, useState } from 'react';
import { readQuantity } from '#lib/basket/read-quantity.ts';
import { useAnnounce } from '#ui/announcer.tsx';

type Props = {
  /** The product, for the labels. */
  readonly name: string;
  readonly quantity: number;
  readonly min: 0 | 1;
  /** How many can be taken, as far as that is known: the stepper goes no further, and says why. */
  readonly most?: { readonly quantity: number; readonly why: string } | undefined;
  readonly onChange: (quantity: number) => void;
};

/**
 * Minus, a number to type, plus. What is typed counts when the field is left or Enter is pressed. The field is one for
 * text: a number field would follow the mouse wheel and take "1e1" for ten.
 */
export const QuantityStepper = ({ name, quantity, min, most, onChange }: Props) => {
  const announce = useAnnounce();
  const hintId = useId();
  const [typed, setTyped] = useState<string>();
  const [words, setWords] = useState<string>();
  const max = Math.min(limits.lineQuantityMax, Math.max(1, most?.quantity ?? limits.lineQuantityMax));
  const commit = (): void => {
    if (typed === undefined) return;
    const read = readQuantity(typed, { min, max, whyMost: most?.why });
    setTyped(undefined);
    setWords(read.words);
    if (read.words !== undefined) announce(read.words);
    if (read.quantity !== undefined && read.quantity !== quantity) onChange(read.quantity);
  };
  const step = (to: number): void => {
    setTyped(undefined);
    setWords(undefined);
    onChange(to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    const by = arrows.get(event.key);
    if (by === undefined) return;
    event.preventDefault();
    const from = readQuantity(typed ?? String(quantity), { min, max }).quantity ?? quantity;
    setTyped(String(Math.min(max, Math.max(min, from + by))));
  };
  return (
    <div className="stepper">
      <button
        type="button"
        aria-label={`Decrease quantity of ${name}`}
        disabled={quantity <= Math.max(1, min)}
        onClick={() => step(quantity - 1)}
      >
        −
      </button>
      <input
        type="text"
        role="spinbutton"
        inputMode="numeric"
        autoComplete="off"
        aria-label={`Quantity of ${name}`}
        aria-valuenow={quantity}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-describedby={words === undefined ? undefined : hintId}
        value={typed ?? String(quantity)}
        onChange={(event) => {
          setTyped(event.target.value);
          setWords(undefined);
        }}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        aria-label={`Increase quantity of ${name}`}
        disabled={quantity >= max}
        onClick={() => step(quantity + 1)}
      >
        +
      </button>
      {words === undefined ? null : (
        <span className="hint" id={hintId}>
          {words}
        </span>
      )}
    </div>
  );
};

const arrows: ReadonlyMap<string, number> = new Map([
  ['ArrowUp', 1],
  ['ArrowDown', -1],
]);
