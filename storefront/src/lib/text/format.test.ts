import { describe, expect, it } from 'vitest';
import { counted, spokenTime } from '#lib/text/format.ts';

const nowMs = Date.parse('2025-11-20T12:00:00Z');
const said = (iso: string, timeZone: string) => spokenTime(iso, { nowMs, timeZone });

describe('a time on a page', () => {
  it('is in the zone of the reader, without the year while it is this one', () => {
    expect(said('2025-06-23T14:05:09Z', 'Europe/London')).toBe('23 Jun, 15:05:09');
    expect(said('2025-06-23T14:05:09Z', 'Asia/Kolkata')).toBe('23 Jun, 19:35:09');
  });

  it('tells the year of another one, as the zone of the reader has it', () => {
    expect(said('2024-11-03T15:30:00Z', 'America/New_York')).toBe('3 Nov 2024, 10:30:00');
    expect(said('2024-12-31T23:30:00Z', 'Asia/Tokyo')).toBe('1 Jan, 08:30:00');
    expect(said('2025-01-01T03:00:00Z', 'America/New_York')).toBe('31 Dec 2024, 22:00:00');
  });

  it('tells two orders apart in the hour that the clock change repeats', () => {
    expect(said('2025-11-02T05:30:00Z', 'America/New_York')).toBe('2 Nov, 01:30:00 GMT-4');
    expect(said('2025-11-02T06:30:00Z', 'America/New_York')).toBe('2 Nov, 01:30:00 GMT-5');
    expect(said('2025-10-26T00:30:00Z', 'Europe/London')).toBe('26 Oct, 01:30:00 BST');
    expect(said('2025-10-26T01:30:00Z', 'Europe/London')).toBe('26 Oct, 01:30:00 GMT');
    expect(said('2025-04-05T14:45:00Z', 'Australia/Lord_Howe')).toContain('GMT+11');
    expect(said('2025-04-05T15:15:00Z', 'Australia/Lord_Howe')).toContain('GMT+10:30');
  });

  it('keeps the zone to itself on either side of that hour', () => {
    expect(said('2025-11-02T04:59:59Z', 'America/New_York')).toBe('2 Nov, 00:59:59');
    expect(said('2025-11-02T07:00:00Z', 'America/New_York')).toBe('2 Nov, 02:00:00');
  });

  it('breaks no page when it is none', () => {
    expect(said('yesterday', 'Europe/London')).toBe('time unknown');
  });
});

describe('a count', () => {
  it('has the right form of its word', () => {
    expect([0, 1, 2, 1200].map((count) => counted(count, 'product'))).toEqual([
      '0 products',
      '1 product',
      '2 products',
      '1,200 products',
    ]);
  });
});
