import { type WritePath, writePaths } from '@penstock/platform/settings';
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
      readonly writePath: WritePath;
      /** A run that does not count is not made a second time. */
      readonly once: boolean;
      /** The shop API of a deployment, instead of a cloud of the run's own, and its host once more. */
      readonly target: string | undefined;
      readonly confirm: string | undefined;
      readonly out: string | undefined;
      readonly json: boolean;
    }
  | {
      readonly does: 'repeat';
      readonly folder: string;
      readonly once: boolean;
      readonly out: string | undefined;
      readonly json: boolean;
    }
  | { readonly does: 'audit'; readonly folder: string; readonly json: boolean }
  | {
      readonly does: 'compare';
      readonly journey: ComparedJourney;
      readonly seed: number | undefined;
      readonly seeds: number;
      readonly minutes: number;
      /** A few seconds a run: proves that it works, says nothing of the paths. */
      readonly short: boolean;
      readonly out: string | undefined;
      readonly json: boolean;
    }
  | { readonly does: 'set beside'; readonly folders: readonly [string, string]; readonly json: boolean };

/** Journeys of which a comparison says something: they write all the time. */
const comparedJourneys = ['checkout-rush', 'basket-storm'] as const satisfies readonly JourneyName[];
export type ComparedJourney = (typeof comparedJourneys)[number];

/** A word or flag is not right: exit code 2, the sentence names it. */
export class CommandRefused extends Error {
  readonly code = 'command-refused';
  readonly exitCode = 2;
  constructor(message: string) {
    super(message);
    this.name = 'CommandRefused';
  }
}

/** Seeds of a comparison and the longest that it may take, unless they are said. */
const usualSeeds = 3;
const usualMinutes = 25;

/** Reads the command line (usage below). Throws CommandRefused. */
export const readCommand = (args: readonly string[]): Command => {
  const { words, given } = readFlags(args);
  const [first = '', second, third, ...more] = words;
  if (more.length > 0) throw new CommandRefused(`"${more.join(' ')}" is too much. ${usage}`);
  const { out, like } = given.texts;
  const json = given.switches.has('--json');
  const once = given.switches.has('--once');
  const only = (what: string, ...flags: readonly string[]) => {
    const extra = [...given.all].find((flag) => !['--json', ...flags].includes(flag));
    if (extra !== undefined) throw new CommandRefused(`${extra} says nothing to ${what}.`);
  };
  if (first === 'audit') {
    only('an audit');
    if (second === undefined || third !== undefined) throw new CommandRefused('audit needs the folder of one run.');
    return { does: 'audit', folder: second, json };
  }
  if (first === 'compare') {
    if (second !== undefined && third !== undefined) {
      only('two results');
      return { does: 'set beside', folders: [second, third], json };
    }
    only('a comparison', '--seed', '--seeds', '--minutes', '--short', '--out');
    const journey = comparedJourneys.find((name) => name === (second ?? 'checkout-rush'));
    if (journey === undefined)
      throw new CommandRefused(`compare takes one of ${comparedJourneys.join(', ')}, or the folders of two runs.`);
    const { '--seed': seed, '--seeds': seeds = usualSeeds, '--minutes': minutes = usualMinutes } = given.numbers;
    return { does: 'compare', journey, seed, seeds, minutes, short: given.switches.has('--short'), out, json };
  }
  if (third !== undefined) throw new CommandRefused(`"${third}" is too much. ${usage}`);
  if (like !== undefined) {
    only('a repetition', '--like', '--once', '--out');
    if (first !== '') throw new CommandRefused(`"${first}" is too much: --like repeats the run of its folder.`);
    return { does: 'repeat', folder: like, once, out, json };
  }
  only('a run', '--seed', '--capacity', '--burst', '--write-path', '--once', '--out', '--target', '--confirm');
  const journey = journeyNames.find((name) => name === first);
  if (journey === undefined)
    throw new CommandRefused(`"${first}" is no journey: name one of ${journeyNames.join(', ')}. ${usage}`);
  const profile = profileNames.find((name) => name === second);
  if (profile === undefined)
    throw new CommandRefused(`"${second ?? ''}" is no profile: name one of ${profileNames.join(', ')}. ${usage}`);
  const { '--seed': seed, '--capacity': capacity, '--burst': burst = 0 } = given.numbers;
  const writePath = readPath(given.texts.path);
  const { target, confirm } = given.texts;
  if (target !== undefined && (writePath !== 'penstock' || given.all.has('--burst')))
    throw new CommandRefused('--write-path and --burst are of a cloud of our own, not of a --target.');
  if (target === undefined && confirm !== undefined) throw new CommandRefused('--confirm confirms a --target.');
  return { does: 'run', journey, profile, seed, capacity, burst, writePath, once, target, confirm, out, json };
};

const usage = [
  'Usage: npm run loadtest -- <journey> <profile> [--seed N] [--capacity WCU] [--burst S] [--write-path P] [--once] [--out DIR]',
  'or with --target URL --confirm HOST [--capacity WCU], --like DIR (the same run again), audit DIR, compare DIR DIR (two results),',
  'or compare [checkout-rush|basket-storm] [--seeds N] [--seed N] [--minutes M] [--short] [--out DIR]; --json for all.',
].join(' | ');

const numberFlags = {
  '--seed': { from: 0, to: 2 ** 31 - 1 },
  '--capacity': { from: 1, to: 1000 },
  '--burst': { from: 0, to: 300 },
  '--seeds': { from: 1, to: 20 },
  '--minutes': { from: 1, to: 25 },
} as const;
type NumberFlag = keyof typeof numberFlags;
const textFlags = {
  '--out': 'out',
  '--like': 'like',
  '--write-path': 'path',
  '--target': 'target',
  '--confirm': 'confirm',
} as const;
type Text = (typeof textFlags)[keyof typeof textFlags];
const switches: readonly string[] = ['--json', '--short', '--once'];

type Given = {
  readonly all: ReadonlySet<string>;
  readonly switches: ReadonlySet<string>;
  readonly numbers: Readonly<Partial<Record<NumberFlag, number>>>;
  readonly texts: Readonly<Partial<Record<Text, string>>>;
};

const readFlags = (args: readonly string[]): { readonly words: readonly string[]; readonly given: Given } => {
  const words: string[] = [];
  const all = new Set<string>();
  const numbers: Partial<Record<NumberFlag, number>> = {};
  const texts: Partial<Record<Text, string>> = {};
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [flag, inline] =
      arg.startsWith('--') && arg.includes('=') ? splitAt(arg, arg.indexOf('=')) : [arg, undefined];
    if (!flag.startsWith('--')) {
      words.push(arg);
      continue;
    }
    all.add(flag);
    if (switches.includes(flag) && inline === undefined) continue;
    if (!isTextFlag(flag) && !isNumberFlag(flag))
      throw new CommandRefused(
        `${flag} is not known. Known: ${[...Object.keys(numberFlags), ...Object.keys(textFlags), ...switches].join(', ')}.`,
      );
    const value = inline ?? args[index + 1];
    if (value === undefined || value === '' || (inline === undefined && value.startsWith('--')))
      throw new CommandRefused(`${flag} needs a value.`);
    if (inline === undefined) index += 1;
    if (isTextFlag(flag)) texts[textFlags[flag]] = value;
    else numbers[flag] = readNumber(flag, value);
  }
  return { words, given: { all, switches: all, numbers, texts } };
};

const splitAt = (text: string, at: number): readonly [string, string] => [text.slice(0, at), text.slice(at + 1)];
const isNumberFlag = (flag: string): flag is NumberFlag => Object.hasOwn(numberFlags, flag);
const isTextFlag = (flag: string): flag is keyof typeof textFlags => Object.hasOwn(textFlags, flag);

const readPath = (value: string | undefined): WritePath => {
  const path = writePaths.find((each) => each === (value ?? 'penstock'));
  if (path === undefined) throw new CommandRefused(`--write-path ${value}: name one of ${writePaths.join(', ')}.`);
  return path;
};

const readNumber = (flag: NumberFlag, value: string): number => {
  const { from, to } = numberFlags[flag];
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < from || number > to)
    throw new CommandRefused(`${flag} ${value}: give a whole number from ${from} to ${to}.`);
  return number;
};
