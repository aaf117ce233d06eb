/** What one use of the gauge shows. */
export type GaugeReading = {
  /** How high the water stands, 0 to 1; beyond is cut off. */
  readonly level: number;
  /** The water takes the colour of what needs somebody. */
  readonly isLow?: boolean | undefined;
};

/** The attributes of a gauge's element in any framework that takes a style as an object; gauge.css draws it. */
export const gaugeAttributes = ({ level, isLow = false }: GaugeReading) =>
  ({
    className: isLow ? 'gauge gauge-low' : 'gauge',
    style: { '--level': Math.min(1, Math.max(0, level)) } as Readonly<Record<`--${string}`, number>>,
    'aria-hidden': true,
  }) as const;

/** The attributes of a numeral beside the staff, at its height from 0 to 1. */
export const gaugeMarkAttributes = (at: number) =>
  ({ className: 'gauge-mark', style: { '--at': at } as Readonly<Record<`--${string}`, number>> }) as const;

/** The next of 1, 2, 5, 10, 20, 50 … that is at least a value: the upper end of a staff that suits it. */
export const staffEnd = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= value) ?? power * 10;
};
