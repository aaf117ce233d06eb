import { loadTopology } from '@penstock/platform/topology';
import { describe, expect, it } from 'vitest';
import { topologyPath } from '#config';
import { FlagRefused, readFlags } from '#supervisor/flags';

const topology = loadTopology(topologyPath);
const read = (line: string, environment: Readonly<Record<string, string>> = {}) =>
  readFlags(line === '' ? [] : line.split(' '), environment, topology);

const refusalOf = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): FlagRefused => {
  try {
    readFlags(args, environment, topology);
  } catch (error) {
    if (error instanceof FlagRefused) return error;
    throw error;
  }
  throw new Error(`${args.join(' ')} was taken.`);
};

describe('the command line', () => {
  it('has the defaults of the contract', () => {
    expect(read('')).toEqual({
      data: '.penstock',
      port: undefined,
      fresh: false,
      ram: false,
      seed: true,
      json: false,
      verbose: false,
      capacity: undefined,
      burstSeconds: 0,
      staffNetworks: ['127.0.0.1/32'],
      writePath: 'penstock',
      randomSeed: undefined,
    });
  });

  it.each([
    ['--data /tmp/x', { data: '/tmp/x' }],
    ['--data=/tmp/x=y', { data: '/tmp/x=y' }],
    ['--port 0', { port: 0 }],
    ['--port 4200', { port: 4200 }],
    ['--port=65530', { port: 65_530 }],
    ['--fresh', { fresh: true }],
    ['--ram', { ram: true }],
    ['--no-seed', { seed: false }],
    ['--json', { json: true }],
    ['--verbose', { verbose: true }],
    ['--capacity orders=50', { capacity: { orders: 50 } }],
    ['--capacity orders=5,baskets=6,products=7', { capacity: { orders: 5, baskets: 6, products: 7 } }],
    ['--burst 300', { burstSeconds: 300 }],
    ['--staff-networks 10.0.0.0/8', { staffNetworks: ['10.0.0.0/8'] }],
    ['--staff-networks 10.0.0.0/8,192.168.1.7/32', { staffNetworks: ['10.0.0.0/8', '192.168.1.7/32'] }],
    ['--random-seed 7', { randomSeed: 7 }],
    ['--write-path penstock', {}],
    ['--write-path sdk-adaptive', { writePath: 'sdk-adaptive' }],
    ['--port 1 --port 2', { port: 2 }],
    ['--json --data d --fresh', { json: true, data: 'd', fresh: true }],
  ])('takes %s', (line, wanted) => {
    expect(read(line)).toEqual({ ...read(''), ...wanted });
  });

  it.each([
    ['--port seven', '--port seven: give a whole number from 0 to 65530.'],
    ['--port -1', '--port -1: give a whole number from 0 to 65530.'],
    ['--port 65531', '--port 65531: give a whole number from 0 to 65530.'],
    ['--port 41.5', '--port 41.5: give a whole number from 0 to 65530.'],
    ['--port 0x10', '--port 0x10: give a whole number from 0 to 65530.'],
    ['--burst 301', '--burst 301: give a whole number from 0 to 300.'],
    ['--random-seed x', '--random-seed x: give a whole number from 0 to 9007199254740991.'],
    ['--capacity orders', '--capacity orders nothing: give a whole number from 1 to 40000.'],
    ['--capacity orders=0', '--capacity orders 0: give a whole number from 1 to 40000.'],
    ['--capacity orders=5=6', '--capacity orders 5=6: give a whole number from 1 to 40000.'],
    [
      '--capacity views=5',
      '--capacity views=5: there is no table views with a capacity. Known: products, baskets, orders.',
    ],
    ['--capacity constructor=5', 'there is no table constructor with a capacity. Known: products, baskets, orders.'],
    ['--staff-networks here', '--staff-networks here: give CIDR blocks such as 127.0.0.1/32 or 10.0.0.0/8.'],
    ['--staff-networks 10.0.0.0/8,', '--staff-networks : give CIDR blocks such as 127.0.0.1/32 or 10.0.0.0/8.'],
    ['--write-path fast', '--write-path fast: name one of penstock, direct, sdk-default, sdk-adaptive.'],
    ['--fresh=yes', '--fresh takes no value.'],
    ['--data', '--data needs a value.'],
    ['--data=', '--data needs a value.'],
    ['--data --json', '--data needs a value.'],
    ['--colour', '--colour is not known. Known: --fresh, --ram, --no-seed, --json, --verbose, --data, --port,'],
    ['4100', '4100 is not known.'],
    ['-p', '-p is not known.'],
    ['--', '-- is not known.'],
  ])('refuses %s with exit code 2 and names it', (line, sentence) => {
    const refusal = refusalOf(line.split(' '));
    expect(refusal.exitCode).toBe(2);
    expect(refusal.message).toContain(sentence);
  });

  it('refuses a data folder without a name: an empty text would mean the folder one stands in', () => {
    expect(refusalOf(['--data', '']).message).toBe('--data needs a value.');
  });

  it('takes the environment where the flags are silent', () => {
    const environment = { PENSTOCK_DATA: '/tmp/e', PENSTOCK_PORT: '4300', PENSTOCK_STAFF_NETWORKS: '10.0.0.0/8' };
    expect(read('', environment)).toMatchObject({ data: '/tmp/e', port: 4300, staffNetworks: ['10.0.0.0/8'] });
    expect(read('--port 0 --data d', environment)).toMatchObject({ data: 'd', port: 0 });
  });

  it.each([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    ['', false],
  ])('reads PENSTOCK_FRESH=%s as %s', (value, fresh) => {
    expect(read('', { PENSTOCK_FRESH: value }).fresh).toBe(fresh);
  });

  it('refuses what the environment says wrongly, in the same words', () => {
    expect(refusalOf([], { PENSTOCK_PORT: 'x' }).message).toBe('--port x: give a whole number from 0 to 65530.');
  });
});
