import { own } from '@penstock/domain/own';
/** A number as the panel shows it: whole, or one decimal below ten; a dash when nobody measured it. */
export const numberText = (value: number | undefined): string => {
  if (value === undefined) return '–';
  return value < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB');
};

/** A time span as short as it is still exact enough: 0.5 s, 42 s, 12 min, 3.5 h. */
export const spanText = (ms: number | undefined): string => {
  if (ms === undefined) return '–';
  const seconds = ms / 1000;
  if (seconds < 120) return `${numberText(Math.round(seconds * 10) / 10)} s`;
  if (seconds < 7200) return `${numberText(Math.round(seconds / 60))} min`;
  return `${numberText(Math.round(seconds / 360) / 10)} h`;
};

/** How much of the capacity is used; a dash on demand. */
export const shareText = (used: number, capacity: number | undefined): string =>
  capacity === undefined || capacity === 0 ? '–' : `${Math.round((used / capacity) * 100)} %`;

const sourceWords: Readonly<Record<string, string>> = {
  'place-orders': 'placing orders',
  'fold-baskets': 'saving baskets',
  'move-orders': 'moving orders',
};

/** What stands still while an event source is paused; one without words by its name. */
export const sourceText = (source: string): string => {
  const words = own(sourceWords, source);
  return words === undefined ? source : `${words} (${source})`;
};
