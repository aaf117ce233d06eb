/** "green-tea" as people write it: "Green tea". */
export const humanise = (slug: string): string => {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** "1 product", "2 products". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** A name inside a sentence that is a string: written from right to left it does not turn the numbers beside it. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

/** A wait as people say it: "a few seconds", "about 40 s", "about 3 min". */
export const spokenWait = (ms: number): string => {
  if (ms < 5000) return 'a few seconds';
  if (ms < 90_000) return `about ${Math.ceil(ms / 5000) * 5} s`;
  return `about ${Math.ceil(ms / 60_000)} min`;
};

type Reading = {
  /** What the reader's clock shows; decides whether the year goes without saying. */
  readonly nowMs?: number;
  /** The reader's own zone unless a test names one. */
  readonly timeZone?: string;
};

/**
 * A time as a timeline or a list shows it, in the reader's zone: "23 Nov, 14:05:09". The year is told when it is not this
 * one, and the zone in the hour that a clock change repeats.
 */
export const spokenTime = (iso: string, { nowMs = Date.now(), timeZone }: Reading = {}): string => {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return 'time unknown';
  const zone = timeZone === undefined ? {} : { timeZone };
  const year = new Intl.DateTimeFormat('en-GB', { year: 'numeric', ...zone });
  const parts: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(year.format(ms) === year.format(nowMs) ? {} : { year: 'numeric' }),
    ...zone,
  };
  const format = new Intl.DateTimeFormat('en-GB', parts);
  const isTwice = repeatsWithin.some((shiftMs) => format.format(ms) === format.format(ms + shiftMs));
  return isTwice ? new Intl.DateTimeFormat('en-GB', { ...parts, timeZoneName: 'short' }).format(ms) : format.format(ms);
};

/** Clocks are put back by an hour; on Lord Howe Island by half of one. */
const repeatsWithin = [-3_600_000, -1_800_000, 1_800_000, 3_600_000];
