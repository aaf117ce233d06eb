/** Day before month and a clock of 24 hours, in the reader's zone: the shop is British, whatever the browser is set to. */
const locale = 'en-GB';
const style = { dateStyle: 'medium', timeStyle: 'medium' } as const;
const timeFormat = new Intl.DateTimeFormat(locale, style);
const shortFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** What a DateField needs in order to print a time as the others are printed. */
export const asTime = { showTime: true, locales: locale, options: style } as const;

/** A number or a time is read in one piece: in no column does it break. */
export const oneLine = { whiteSpace: 'nowrap' } as const;

/** A text that somebody wrote breaks where it must, and its column keeps room to be read. */
export const anyText = { overflowWrap: 'anywhere', minWidth: '12ch' } as const;

/** "23 Nov 2026, 13:05:11", of an ISO time or of milliseconds since 1970. */
export const timeText = (at: string | number): string => timeFormat.format(new Date(at));

/** "23 Nov, 13:05", for a line of a list on a phone. */
export const shortTime = (at: string): string => shortFormat.format(new Date(at));
