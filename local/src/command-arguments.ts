import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { CommandEnded } from '#supervisor/exit';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Words and flags of a command that speaks with a cloud: what it takes itself, and --data, PENSTOCK_DATA or the usual folder.
 * Throws CommandEnded (2) with a sentence that names the flag.
 */
export const readArguments = <Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  environment: Environment,
  options: Options,
) => {
  const { values, positionals } = parse(command, args, options);
  const data = (values as { readonly data?: string }).data;
  if (data === '') throw new CommandEnded(2, '--data needs a value.');
  return { values, words: positionals, data: data ?? (environment.PENSTOCK_DATA || '.penstock') };
};

const parse = <Options extends ParseArgsOptionsConfig>(command: string, args: readonly string[], options: Options) => {
  try {
    const known = { ...options, data: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new CommandEnded(2, `${command}: ${said}. \`npm run ${command} -- --help\` lists all.`);
  }
};

/** A whole number of a flag or word, or what stands for it when it was left out. Throws CommandEnded (2). */
export const wholeNumber = (
  name: string,
  value: string | undefined,
  { min, max, without }: { readonly min: number; readonly max: number; readonly without: number },
): number => {
  if (value === undefined) return without;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max)
    throw new CommandEnded(2, `${name} ${value}: give a whole number from ${min} to ${max}.`);
  return number;
};
