/** `npm run loadtest`: loads a fresh cloud, audits it, draws the report (contract, section 5). */
import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, CommandRefused, readCommand } from '#command-line';
import { judgeRun } from '#judge';
import { profiles } from '#profiles';
import { exitCodes, type Result } from '#result';
import { buildK6, findK6, K6Missing, repository } from '#run/find-k6';
import { RunMissing } from '#run/folder';
import { makeProgress } from '#run/progress';
import { runLoad } from '#run/run';
import { verdictText } from '#verdict';

const screen = {
  isTTY: process.stderr.isTTY === true,
  write: (text: string) => void process.stderr.write(text),
  now: Date.now,
};
const progress = makeProgress(screen);

/** Ctrl-C: npm, its shell and a terminal may all pass one on, so that what follows within a second is the same one. */
const listenToInterrupts = () => {
  let firstMs: number | undefined;
  let isTired = false;
  const interrupted = new Promise<void>((resolvePromise) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (firstMs === undefined) {
          firstMs = Date.now();
          progress.say(
            'Interrupted: ending the load. What was accepted is drained and audited; once more skips the wait.',
          );
          resolvePromise();
        } else if (Date.now() - firstMs > 1000) isTired = true;
      });
  });
  return { interrupted, isTiredOfWaiting: () => isTired };
};

const runOnce = async (command: Extract<Command, { does: 'run' }>): Promise<Result> => {
  const k6 = findK6(process.env) ?? buildK6(process.env, progress.say);
  const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  const folder = resolve(command.out ?? join(repository, '.penstock/loadtest', time));
  mkdirSync(folder, { recursive: true });
  await runLoad({
    journey: command.journey,
    profile: command.profile,
    seed: command.seed ?? randomInt(2 ** 31 - 1),
    capacity: command.capacity ?? profiles[command.profile].capacity,
    burstSeconds: command.burst,
    folder,
    k6,
    progress,
    ...listenToInterrupts(),
  });
  return judgeRun(folder);
};

const main = async (): Promise<number> => {
  const command = readCommand(process.argv.slice(2));
  const result = command.does === 'audit' ? judgeRun(resolve(command.folder)) : await runOnce(command);
  progress.say(verdictText(result));
  if (command.json) console.log(JSON.stringify(result));
  return exitCodes[result.verdict];
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof K6Missing || error instanceof CommandRefused || error instanceof RunMissing) {
      progress.say(error.message);
      process.exitCode = error.exitCode;
      return;
    }
    progress.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  },
);
