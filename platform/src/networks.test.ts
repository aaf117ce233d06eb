import { describe, expect, it } from 'vitest';
import { isInNetworks, NetworkInvalid } from '#networks';

describe('isInNetworks', () => {
  it.each([
    ['127.0.0.1', ['127.0.0.1/32'], true],
    ['127.0.0.2', ['127.0.0.1/32'], false],
    ['10.9.8.7', ['192.168.0.0/16', '10.0.0.0/8'], true],
    ['11.0.0.1', ['10.0.0.0/8'], false],
    ['203.0.113.9', ['0.0.0.0/0'], true],
    ['203.0.113.9', ['203.0.113.9'], true],
    ['::ffff:127.0.0.1', ['127.0.0.1/32'], true],
    ['2001:db8::17', ['2001:db8::/32'], true],
    ['2001:db9::17', ['2001:db8::/32'], false],
    ['::1', ['127.0.0.1/32'], false],
    ['127.0.0.1', [], false],
    ['not-an-address', ['0.0.0.0/0', '::/0'], false],
    ['', ['0.0.0.0/0'], false],
  ])('answers for %s in %j: %s', (address, cidrs, expected) => {
    expect(isInNetworks(address, cidrs)).toBe(expected);
  });

  it.each(['10.0.0.0/33', '10.0.0/8', 'office', '::/129', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.0/-1'])(
    'names the network that cannot be read: %s',
    (cidr) => {
      expect(() => isInNetworks('10.0.0.1', [cidr])).toThrow(NetworkInvalid);
    },
  );
});
