/**
 * `npm run scale [-- DIR]`: what the path needs, costs and where it breaks at 1x, 100x and 10,000x, on paper. With the folder of
 * a measured run it checks the model against it: exit 0 when it holds, 1 when it does not, 2 when there is nothing to check.
 */
import { resolve } from 'node:path';
import { RunMissing, readRun } from '#run/folder';
import { checkRun } from '#scale/check';
import { scaleTables } from '#scale/tables';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const check = (folder: string): number => {
  const checks = checkRun(readRun(folder));
  if (checks.length === 0) {
    say('This run shows nothing that the model says: take a checkout-rush or basket-storm.');
    return 2;
  }
  for (const { name, model, measured, tolerance, holds } of checks)
    say(
      `${holds ? 'holds' : 'WRONG'}  ${name}: model ${model.toFixed(2)}, measured ${measured.toFixed(2)} (within ${tolerance * 100} %)`,
    );
  return checks.every(({ holds }) => holds) ? 0 : 1;
};

const [folder] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
try {
  if (folder === undefined) console.log(scaleTables());
  else process.exitCode = check(resolve(folder));
} catch (error) {
  if (!(error instanceof RunMissing)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
