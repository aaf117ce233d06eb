import { describe, expect, it } from 'vitest';
import { dayEnd, dayStart, dayText } from '#lists/days.ts';

describe('a day of the reader', () => {
  it('is all of it, and comes back as the same day', () => {
    const start = dayStart('2025-07-01') ?? '';
    const end = dayEnd('2025-07-01') ?? '';
    expect(Date.parse(end) - Date.parse(start)).toBe(86_400_000 - 1);
    expect([dayText(start), dayText(end)]).toEqual(['2025-07-01', '2025-07-01']);
    expect(new Date(start).getHours()).toBe(0);
  });

  it.each(['', 'yesterday', '2025-7-1'])('is not "%s"', (text) => {
    expect(dayStart(text)).toBeUndefined();
  });
});
