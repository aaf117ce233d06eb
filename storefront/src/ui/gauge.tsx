import { type GaugeReading, gaugeAttributes, gaugeMarkAttributes } from '@penstock/brand/gauge.ts';

type Mark = { readonly at: number; readonly label: string };
type Props = GaugeReading & {
  /** Numerals beside the staff, each at its height from 0 to 1. */
  readonly marks?: readonly Mark[];
};

/** The gauge of the house: a staff with ticks, and a level. A drawing only: the words beside it say the same. */
export const Gauge = ({ marks = [], ...reading }: Props) => (
  <span {...gaugeAttributes(reading)}>
    {marks.map(({ at, label }) => (
      <span key={label} {...gaugeMarkAttributes(at)}>
        {label}
      </span>
    ))}
  </span>
);
