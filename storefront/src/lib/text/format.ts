/** "green-tea" as people write it: "Green tea". */
export const humanise = (slug: string): string => {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** "1 product", "2 products". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** A wait as people say it: "a few seconds", "about 40 s", "about 3 min". */
export const spokenWait = (ms: number): string => {
  if (ms < 5000) return 'a few seconds';
  if (ms < 90_000) return `about ${Math.ceil(ms / 5000) * 5} s`;
  return `about ${Math.ceil(ms / 60_000)} min`;
};

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** A time as a timeline shows it, in the reader's zone: "23 Nov, 14:05:09". */
export const spokenTime = (iso: string): string => timeFormat.format(new Date(iso));
