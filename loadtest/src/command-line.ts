import { type JourneyName, journeyNames } from '#journeys';
import { type ProfileName, profileNames } from '#profiles';

export type Command =
  | {
      readonly does: 'run';
      readonly journey: JourneyName;
      readonly profile: ProfileName;
      readonly seed: number | undefined;
      /** WCU/s of each table, instead of the profile's. */
      readonly capacity: number | undefined;
      /** Unused capacity of so many seconds bursts (0..300); 0 when it is not said. */
      readonly burst: number;
      readonly out: string | undefined;
      readonly json: boolean;
    }
  | { readonly does: 'audit'; readonly folder: string; readonly json: boolean };

/** A word or flag is not right: exit code 2, the sentence names it. */
export class CommandRefused extends Error {
  readonly code = 'command-refused';
  readonly exitCode = 2;
  constructor(message: string) {
    super(message);
    this.name = 'CommandRefused';
  }
}

/** Reads `<journey> <profile> [--seed N] [--capacity WCU] [--burst S] [--out DIR] [--json]` or `audit DIR`. Throws CommandRefused. */
export const readCommand = (args: readonly string[]): Command => {
  const words: string[] = [];
  const numbers: Partial<Record<NumberFlag, number>> = {};
  let out: string | undefined;
  let json = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [flag, inline] =
      arg.startsWith('--') && arg.includes('=') ? splitAt(arg, arg.indexOf('=')) : [arg, undefined];
    if (flag === '--json' && inline === undefined) json = true;
    else if (flag === '--out' || isNumberFlag(flag)) {
      const value = inline ?? args[index + 1];
      if (value === undefined || value === '' || (inline === undefined && value.startsWith('--')))
        throw new CommandRefused(`${flag} needs a value.`);
      if (inline === undefined) index += 1;
      if (flag === '--out') out = value;
      else if (isNumberFlag(flag)) numbers[flag] = readNumber(flag, value);
    } else if (arg.startsWith('--'))
      throw new CommandRefused(`${arg} is not known. Known: --seed, --capacity, --burst, --out, --json.`);
    else words.push(arg);
  }
  const [first = '', second = '', ...more] = words;
  if (more.length > 0) throw new CommandRefused(`"${more.join(' ')}" is too much. ${usage}`);
  if (first === 'audit') {
    if (second === '') throw new CommandRefused('audit needs the folder of a run.');
    return { does: 'audit', folder: second, json };
  }
  const journey = journeyNames.find((name) => name === first);
  if (journey === undefined)
    throw new CommandRefused(`"${first}" is no journey: name one of ${journeyNames.join(', ')}. ${usage}`);
  const profile = profileNames.find((name) => name === second);
  if (profile === undefined)
    throw new CommandRefused(`"${second}" is no profile: name one of ${profileNames.join(', ')}. ${usage}`);
  const { '--seed': seed, '--capacity': capacity, '--burst': burst = 0 } = numbers;
  return { does: 'run', journey, profile, seed, capacity, burst, out, json };
};

const usage =
  'Usage: npm run loadtest -- <journey> <profile> [--seed N] [--capacity WCU] [--burst S] [--out DIR] [--json], or audit DIR.';

const splitAt = (text: string, at: number): readonly [string, string] => [text.slice(0, at), text.slice(at + 1)];

const numberFlags = {
  '--seed': { from: 0, to: 2 ** 31 - 1 },
  '--capacity': { from: 1, to: 1000 },
  '--burst': { from: 0, to: 300 },
} as const;
type NumberFlag = keyof typeof numberFlags;

const isNumberFlag = (flag: string): flag is NumberFlag => Object.hasOwn(numberFlags, flag);

const readNumber = (flag: NumberFlag, value: string): number => {
  const { from, to } = numberFlags[flag];
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < from || number > to)
    throw new CommandRefused(`${flag} ${value}: give a whole number from ${from} to ${to}.`);
  return number;
};
