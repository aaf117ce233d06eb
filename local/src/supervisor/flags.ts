import { own } from '@penstock/domain/own';
import { isInNetworks } from '@penstock/platform/networks';
import { type WritePath, writePaths } from '@penstock/platform/settings';
import type { Topology } from '@penstock/platform/topology';

/** What the command line asks for (contract, section 1). Flags beat PENSTOCK_DATA, PENSTOCK_PORT and so on. */
export type Flags = {
  readonly data: string;
  /** undefined: 4100 or the next free five; 0: all free. */
  readonly port: number | undefined;
  readonly fresh: boolean;
  readonly ram: boolean;
  readonly seed: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  /** Write units a second by table; undefined leaves what is stored. */
  readonly capacity: Readonly<Record<string, number>> | undefined;
  readonly burstSeconds: number;
  readonly staffNetworks: readonly string[];
  /** Which way writes take; all but `penstock` are for the load lab's comparisons. */
  readonly writePath: WritePath;
  readonly randomSeed: number | undefined;
};

/** A flag is not right: exit code 2, the sentence names it. */
export class FlagRefused extends Error {
  readonly code = 'flag-refused';
  readonly exitCode = 2;
  constructor(message: string) {
    super(message);
    this.name = 'FlagRefused';
  }
}

const switches = ['fresh', 'ram', 'no-seed', 'json', 'verbose'] as const;
const values = ['data', 'port', 'capacity', 'burst', 'staff-networks', 'random-seed', 'write-path'] as const;

/** Reads the flags of `start`, `dev`, `status` and `stop`. Throws FlagRefused. */
export const readFlags = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  topology: Pick<Topology, 'tables'>,
): Flags => {
  const given = new Map<string, string>();
  for (const name of [...switches, ...values]) {
    const value = own(environment, `PENSTOCK_${name.toUpperCase().replaceAll('-', '_')}`);
    if (value !== undefined && value !== '') given.set(name, value);
  }
  for (let index = 0; index < args.length; index += 1) {
    const [flag = '', inline] = splitFlag(args[index] ?? '');
    const name = flag.replace(/^--/, '');
    if (flag.startsWith('--') && (switches as readonly string[]).includes(name)) {
      if (inline !== undefined) throw new FlagRefused(`${flag} takes no value.`);
      given.set(name, 'true');
    } else if (flag.startsWith('--') && (values as readonly string[]).includes(name)) {
      const value = inline ?? args[index + 1];
      if (value === undefined || value === '' || (inline === undefined && value.startsWith('--')))
        throw new FlagRefused(`${flag} needs a value.`);
      given.set(name, value);
      if (inline === undefined) index += 1;
    } else
      throw new FlagRefused(
        `${flag} is not known. Known: ${[...switches, ...values].map((each) => `--${each}`).join(', ')}; \`npm start -- --help\` says what each means.`,
      );
  }
  return {
    data: given.get('data') ?? '.penstock',
    port: wholeNumber('--port', given.get('port'), 0, 65_530),
    fresh: isOn(given.get('fresh')),
    ram: isOn(given.get('ram')),
    seed: !isOn(given.get('no-seed')),
    json: isOn(given.get('json')),
    verbose: isOn(given.get('verbose')),
    capacity: readCapacity(given.get('capacity'), topology),
    burstSeconds: wholeNumber('--burst', given.get('burst'), 0, 300) ?? 0,
    staffNetworks: readNetworks(given.get('staff-networks') ?? '127.0.0.1/32'),
    writePath: readWritePath(given.get('write-path') ?? 'penstock'),
    randomSeed: wholeNumber('--random-seed', given.get('random-seed'), 0, Number.MAX_SAFE_INTEGER),
  };
};

const readWritePath = (value: string): WritePath => {
  const path = writePaths.find((each) => each === value);
  if (path === undefined) throw new FlagRefused(`--write-path ${value}: name one of ${writePaths.join(', ')}.`);
  return path;
};

const splitFlag = (text: string): readonly [string, string | undefined] => {
  const at = text.indexOf('=');
  return text.startsWith('--') && at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, undefined];
};

const isOn = (value: string | undefined): boolean => value !== undefined && value !== '0' && value !== 'false';

const wholeNumber = (flag: string, value: string | undefined, min: number, max: number): number | undefined => {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max)
    throw new FlagRefused(`${flag} ${value}: give a whole number from ${min} to ${max}.`);
  return number;
};

const readCapacity = (
  value: string | undefined,
  topology: Pick<Topology, 'tables'>,
): Readonly<Record<string, number>> | undefined => {
  if (value === undefined) return undefined;
  return Object.fromEntries(
    value.split(',').map((part) => {
      const at = part.indexOf('=');
      const [table, number] = at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      const declared = own(topology.tables, table)?.capacity.local;
      if (declared === undefined || declared === 'on-demand') {
        const known = Object.entries(topology.tables).flatMap(([name, { capacity }]) =>
          capacity.local === 'on-demand' ? [] : [name],
        );
        throw new FlagRefused(
          `--capacity ${part}: there is no table ${table} with a capacity. Known: ${known.join(', ')}.`,
        );
      }
      return [table, wholeNumber(`--capacity ${table}`, number === '' ? 'nothing' : number, 1, 40_000) ?? 1];
    }),
  );
};

const readNetworks = (value: string): readonly string[] => {
  const networks = value.split(',').map((part) => part.trim());
  for (const network of networks) {
    try {
      isInNetworks('127.0.0.1', [network]);
    } catch {
      throw new FlagRefused(`--staff-networks ${network}: give CIDR blocks such as 127.0.0.1/32 or 10.0.0.0/8.`);
    }
  }
  return networks;
};
