import { describe, expect, it } from 'vitest';
import { topicAudience, topicKeyFor, topicKeys } from '#topics';

describe('[H6] topics', () => {
  it.each([
    ['catalogue', 'shop'],
    ['product/assam-second-flush', 'shop'],
    ['basket/dGhpcyBpcyBhIGJhc2tldA', 'shop'],
    ['order/01hv3k9zq7c2x5t8w4n6m0p1rs', 'shop'],
    ['staff/orders', 'staff'],
    ['staff/secrets', undefined],
    ['order/../staff', undefined],
    ['basket/short', undefined],
    ['product/a/b', undefined],
    ['connection/abc', undefined],
  ])('%s belongs to %s', (topic, audience) => {
    expect(topicAudience(topic)).toBe(audience);
  });

  it('[H2] shard the big ones, and a connection always takes one of the shards that are read', () => {
    expect(topicKeys('order/x')).toEqual(['order/x']);
    for (const connection of ['a', 'b', 'Zx=1'])
      expect(topicKeys('catalogue')).toContain(topicKeyFor('catalogue', connection));
  });
});
