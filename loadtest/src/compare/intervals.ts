/** A mean of some runs with its 95 % interval; one run has none. */
export type Interval = { readonly mean: number; readonly half: number | undefined; readonly count: number };

/** 97.5 % quantiles of Student's t by degrees of freedom, 1 to 19 (any table of it). */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093,
];

/** Mean and half width of the 95 % interval over seeds; undefined of nothing. */
export const intervalOf = (values: readonly number[]): Interval | undefined => {
  const count = values.length;
  if (count === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, half: undefined, count };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const quantile = quantiles[count - 2] ?? 1.96;
  return { mean, half: quantile * Math.sqrt(variance / count), count };
};

/** Three digits, which is more than three seeds carry. */
export const digits = (value: number): string => {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e6 || Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
};

export const intervalText = (interval: Interval | undefined): string => {
  if (interval === undefined) return '-';
  const { mean, half } = interval;
  return half === undefined ? digits(mean) : `${digits(mean)} ± ${digits(half)}`;
};
