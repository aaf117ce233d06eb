import { BlockList, isIP } from 'node:net';

/** A CIDR block that cannot be read: a fault of the settings, permanent. */
export class NetworkInvalid extends Error {
  readonly code = 'network-invalid';
  constructor(cidr: string) {
    super(`This is no network: ${cidr}. Write an address and a prefix, such as 10.0.0.0/8 or 2001:db8::/32.`);
    this.name = 'NetworkInvalid';
  }
}

/**
 * Whether an address lies in one of the networks, IPv4 or IPv6; an IPv4 address mapped into IPv6 counts as IPv4.
 * A network without a prefix is that one address. What is no address lies nowhere. Throws NetworkInvalid for a network
 * that cannot be read.
 */
export const isInNetworks = (address: string, cidrs: readonly string[]): boolean => {
  const networks = new BlockList();
  for (const cidr of cidrs) addNetwork(networks, cidr);
  const plain = unmapped(address);
  const version = isIP(plain);
  return version !== 0 && networks.check(plain, version === 4 ? 'ipv4' : 'ipv6');
};

const addNetwork = (networks: BlockList, cidr: string): void => {
  const [text = '', prefixText, ...rest] = cidr.split('/');
  const version = isIP(text);
  const bits = version === 4 ? 32 : 128;
  const prefix = prefixText === undefined ? bits : /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.NaN;
  if (version === 0 || rest.length > 0 || !(prefix <= bits)) throw new NetworkInvalid(cidr);
  networks.addSubnet(text, prefix, version === 4 ? 'ipv4' : 'ipv6');
};

const unmapped = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
