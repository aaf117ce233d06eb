import { parseArgs } from 'node:util';

/** What the command line of the gate asks for. */
export type GateFlags = {
  readonly upstreamUrl: string;
  readonly port: number;
  /** Write units a second by table. */
  readonly capacity: Readonly<Record<string, number>>;
  readonly burstSeconds: number;
  readonly seed: number;
  readonly updatingMs: number;
  readonly decreasesPerDay: number | undefined;
  readonly json: boolean;
};

/** A flag is not right; the sentence names it and what to give. */
export class GateFlagRefused extends Error {
  readonly code = 'gate-flag-refused';
  constructor(message: string) {
    super(message);
    this.name = 'GateFlagRefused';
  }
}

const text = { type: 'string' } as const;
const known = {
  upstream: text,
  port: text,
  capacity: text,
  burst: text,
  seed: text,
  'updating-ms': text,
  'decreases-per-day': text,
  json: { type: 'boolean' },
} as const;

/** Reads the flags; throws GateFlagRefused. */
export const readGateFlags = (args: readonly string[]): GateFlags => {
  const given = parse(args);
  return {
    upstreamUrl: upstreamOf(given.upstream),
    port: wholeNumber('--port', given.port, 0, 65_535) ?? 0,
    capacity: capacityOf(given.capacity),
    burstSeconds: wholeNumber('--burst', given.burst, 0, 300) ?? 0,
    seed: wholeNumber('--seed', given.seed, 0, Number.MAX_SAFE_INTEGER) ?? 1,
    updatingMs: wholeNumber('--updating-ms', given['updating-ms'], 0, 600_000) ?? 0,
    decreasesPerDay: wholeNumber('--decreases-per-day', given['decreases-per-day'], 0, 1000),
    json: given.json === true,
  };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: known, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const flags = Object.keys(known).map((name) => `--${name}`);
    throw new GateFlagRefused(
      `${error instanceof Error ? error.message : 'A flag is wrong.'} Known: ${flags.join(', ')}.`,
    );
  }
};

/** The gate signs its calls for nobody, so only an endpoint that checks no signature can stand behind it. */
const upstreamOf = (value: string | undefined): string => {
  const url = value === undefined ? undefined : URL.parse(value);
  if (url === undefined || url === null || url.protocol !== 'http:' || !isLoopback(url.hostname))
    throw new GateFlagRefused(
      '--upstream: Give the http:// address of a DynamoDB endpoint on this machine, such as http://127.0.0.1:8000. ' +
        'The gate cannot sign calls anew, so it stands in front of no other, AWS itself least of all.',
    );
  return url.origin;
};
/** A name of this machine, or any address of 127.0.0.0/8: the engine of the one-machine cloud has one of its own. */
const isLoopback = (host: string): boolean => /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(host);

const capacityOf = (value: string | undefined): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (value ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map((part) => {
        const [table = '', units] = part.split('=');
        const perSecond = wholeNumber(`--capacity ${table}`, units ?? '', 1, 40_000);
        if (table === '' || perSecond === undefined)
          throw new GateFlagRefused(
            `--capacity ${part}: Give tables and write units a second, such as orders=50,items=25.`,
          );
        return [table, perSecond];
      }),
  );

const wholeNumber = (flag: string, value: string | undefined, least: number, most: number): number | undefined => {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new GateFlagRefused(`${flag}: Give a whole number from ${least} to ${most}.`);
  return number;
};
