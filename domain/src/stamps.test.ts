import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { compareStamps, nextStamp, orderStamp, packStamp, unpackStamp } from '#stamps';

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
    'of a device lie above every stamp it has seen',
    (seen, now) => {
      expect(compareStamps(nextStamp(seen, now, 'device-9'), seen)).toBeGreaterThan(0);
    },
  );

  it('refuses text that is no stamp', () => {
    expect(unpackStamp('yesterday')).toBeUndefined();
    expect(unpackStamp('1.2.')).toBeUndefined();
  });
});
