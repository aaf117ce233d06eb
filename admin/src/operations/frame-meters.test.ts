import { expect, it } from 'vitest';
import { metersOf } from '#operations/frame-meters.ts';

it('reads the meters of its own topic and nothing else', () => {
  const frame = { type: 'change', topic: 'staff/operations', data: { at: 'now' } };
  expect(metersOf(JSON.stringify(frame))).toEqual({ at: 'now' });
  for (const other of [{ ...frame, topic: 'staff/orders' }, { type: 'pong' }, null])
    expect(metersOf(JSON.stringify(other))).toBeUndefined();
  expect(metersOf('not json')).toBeUndefined();
});
