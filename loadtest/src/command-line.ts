import { type JourneyName, journeyNames } from '#journeys';
import { type ProfileName, profileNames } from '#profiles';

export type Command =
  | {
      readonly does: 'run';
      readonly journey: JourneyName;
      readonly profile: ProfileName;
      readonly seed: number | undefined;
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

/** Reads `<journey> <profile> [--seed N] [--out DIR] [--json]` or `audit DIR`. Throws CommandRefused. */
export const readCommand = (args: readonly string[]): Command => {
  const words: string[] = [];
  let seed: number | undefined;
  let out: string | undefined;
  let json = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [flag, inline] =
      arg.startsWith('--') && arg.includes('=') ? splitAt(arg, arg.indexOf('=')) : [arg, undefined];
    if (flag === '--json' && inline === undefined) json = true;
    else if (flag === '--seed' || flag === '--out') {
      const value = inline ?? args[index + 1];
      if (value === undefined || value === '' || (inline === undefined && value.startsWith('--')))
        throw new CommandRefused(`${flag} needs a value.`);
      if (inline === undefined) index += 1;
      if (flag === '--out') out = value;
      else seed = readSeed(value);
    } else if (arg.startsWith('--')) throw new CommandRefused(`${arg} is not known. Known: --seed, --out, --json.`);
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
  return { does: 'run', journey, profile, seed, out, json };
};

const usage = 'Usage: npm run loadtest -- <journey> <profile> [--seed N] [--out DIR] [--json], or audit DIR.';

const splitAt = (text: string, at: number): readonly [string, string] => [text.slice(0, at), text.slice(at + 1)];

const readSeed = (value: string): number => {
  const seed = Number(value);
  if (!/^\d+$/.test(value) || seed > 2 ** 31 - 1)
    throw new CommandRefused(`--seed ${value}: give a whole number from 0 to ${2 ** 31 - 1}.`);
  return seed;
};
