import { productIdPattern } from '@penstock/domain/ids';
import { readArguments, wholeNumber } from '#command-arguments';
import { CommandEnded } from '#supervisor/exit';

export type RushWish = {
  readonly count: number;
  readonly concurrency: number;
  /** Empty: whatever has stock. */
  readonly products: readonly string[];
  readonly followMs: number;
  readonly json: boolean;
  readonly data: string;
};

const options = {
  concurrency: { type: 'string' },
  product: { type: 'string', multiple: true },
  seconds: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** What `npm run rush` was asked. Throws CommandEnded (2). */
export const readRushArguments = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RushWish => {
  const { values, words, data } = readArguments('rush', args, environment, options);
  if (words.length > 1) throw new CommandEnded(2, `rush: "${words[1]}" is one word too many. Give a count alone.`);
  const products = values.product ?? [];
  const wrong = products.find((id) => !productIdPattern.test(id));
  if (wrong !== undefined) throw new CommandEnded(2, `--product ${wrong}: no product has such an id.`);
  return {
    count: wholeNumber('rush', words[0], { min: 1, max: 1000, without: 50 }),
    concurrency: wholeNumber('--concurrency', values.concurrency, { min: 1, max: 50, without: 10 }),
    products,
    followMs: wholeNumber('--seconds', values.seconds, { min: 1, max: 900, without: 600 }) * 1000,
    json: values.json === true,
    data,
  };
};
