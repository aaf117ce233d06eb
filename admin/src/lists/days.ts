/** The first moment of a day ("2025-11-23") where the reader is, as the API takes it; undefined when it is no day. */
export const dayStart = (day: string): string | undefined => timeOfDay(day, [0, 0, 0, 0]);

/** The last moment of a day. */
export const dayEnd = (day: string): string | undefined => timeOfDay(day, [23, 59, 59, 999]);

/** The day of a time where the reader is, as a field of a date shows it. */
export const dayText = (time: string): string => {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return '';
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
};

const timeOfDay = (day: string, clock: readonly [number, number, number, number]): string | undefined => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return undefined;
  const [, year, month, date] = parts.map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, date, ...clock).toISOString();
};
