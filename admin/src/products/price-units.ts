/** Minor units of a currency with two digits, as prices are written: 950 is 9.50. Nothing is an empty field. */
export const toMajor = (minor: number | '' | null | undefined): string =>
  typeof minor === 'number' ? (minor / 100).toFixed(2) : '';

/** What people typed, in minor units; an empty field is nothing. */
export const toMinor = (major: string): number | undefined =>
  major === '' ? undefined : Math.round(Number(major) * 100);
