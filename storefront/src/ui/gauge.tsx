import type { CSSProperties } from 'react';

type Mark = { readonly at: number; readonly label: string };
type Props = {
  /** How high the water stands, 0 to 1; beyond is cut off. */
  readonly level: number;
  readonly isLow?: boolean;
  /** Numerals beside the staff, each at its height from 0 to 1. */
  readonly marks?: readonly Mark[];
};

/** The gauge of the house: a staff with ticks, and a level. A drawing only: the words beside it say the same. */
export const Gauge = ({ level, isLow = false, marks = [] }: Props) => (
  <span
    className={isLow ? 'gauge gauge-low' : 'gauge'}
    style={{ '--level': Math.min(1, Math.max(0, level)) } as CSSProperties}
    aria-hidden="true"
  >
    {marks.map(({ at, label }) => (
      <span key={label} className="gauge-mark" style={{ '--at': at } as CSSProperties}>
        {label}
      </span>
    ))}
  </span>
);
