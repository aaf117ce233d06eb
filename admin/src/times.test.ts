import { describe, expect, it } from 'vitest';
import { shortTime, timeText } from '#times.ts';

// Without an offset a time is of the zone of whoever runs the test, as the reader's is.
describe('a time in the office', () => {
  it('has the day before the month and 24 hours, whatever the browser is set to', () => {
    expect(timeText('2026-11-03T13:05:11')).toBe('3 Nov 2026, 13:05:11');
    expect(timeText(new Date('2026-11-03T13:05:11').getTime())).toBe('3 Nov 2026, 13:05:11');
  });

  it('is short on a phone', () => {
    expect(shortTime('2026-11-03T09:05:11')).toBe('3 Nov, 09:05');
  });
});
