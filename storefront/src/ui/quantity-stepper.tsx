import { limits } from '@penstock/domain/limits';
import { useState } from 'react';

type Props = {
  /** The product, for the labels. */
  readonly name: string;
  readonly quantity: number;
  readonly min: 0 | 1;
  readonly onChange: (quantity: number) => void;
};

/** Minus, a number to type, plus. What is typed counts when the field is left or Enter is pressed. */
export const QuantityStepper = ({ name, quantity, min, onChange }: Props) => {
  const [typed, setTyped] = useState<string>();
  const commit = (): void => {
    if (typed === undefined) return;
    const wanted = Number(typed);
    setTyped(undefined);
    if (typed.trim() === '' || !Number.isFinite(wanted)) return;
    const next = Math.min(limits.lineQuantityMax, Math.max(min, Math.round(wanted)));
    if (next !== quantity) onChange(next);
  };
  return (
    <div className="stepper">
      <button
        type="button"
        aria-label={`Decrease quantity of ${name}`}
        disabled={quantity <= Math.max(1, min)}
        onClick={() => onChange(quantity - 1)}
      >
        −
      </button>
      <input
        type="number"
        inputMode="numeric"
        min={min}
        max={limits.lineQuantityMax}
        aria-label={`Quantity of ${name}`}
        value={typed ?? quantity}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <button
        type="button"
        aria-label={`Increase quantity of ${name}`}
        disabled={quantity >= limits.lineQuantityMax}
        onClick={() => onChange(quantity + 1)}
      >
        +
      </button>
    </div>
  );
};
