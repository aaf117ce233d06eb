import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { compareStamps, isFarAhead, nextStamp, orderStamp, packStamp, unpackStamp } from '#stamps';

const stamp = fc.record({
  wallMs: fc.integer({ min: 0, max: 9_999_999_999_999 }),
  counter: fc.integer({ min: 0, max: 999_999_999 }),
  device: fc.stringMatching(/^[A-Za-z0-9_-]{8,32}$/),
});

describe('[C3] stamps', () => {
  test.prop([stamp])('survive packing unaltered, the worker suffix included', (value) => {
    expect(unpackStamp(packStamp(value))).toEqual(value);
    expect(unpackStamp(packStamp(orderStamp(value)))).toEqual(orderStamp(value));
  });

  test.prop([stamp, fc.integer({ min: 0, max: 9_999_999_999_999 })])(
    'of a device lie above every stamp it has seen, but one that nobody can have accepted',
    (seen, now) => {
      const next = nextStamp(seen, now, 'device-9');
      if (isFarAhead(seen, now)) expect(next.wallMs).toBe(now);
      else expect(compareStamps(next, seen)).toBeGreaterThan(0);
    },
  );

  it('begin a new millisecond when the counter is full', () => {
    const full = { wallMs: 5, counter: 999_999_999, device: 'device-1' };
    expect(nextStamp(full, 5, 'device-9')).toEqual({ wallMs: 6, counter: 0, device: 'device-9' });
  });

  it('refuses text that is no stamp', () => {
    expect(unpackStamp('yesterday')).toBeUndefined();
    expect(unpackStamp('1.2.')).toBeUndefined();
  });
});
