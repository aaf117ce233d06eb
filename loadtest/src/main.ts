/** `npm run loadtest`: loads a fresh cloud, audits it, draws the report (contract, section 5). */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, CommandRefused, readCommand } from '#command-line';
import { comparisonText, verdictOf } from '#compare/comparison';
import { comparisonFiles, runCompare } from '#compare/run-compare';
import { setBeside } from '#compare/set-beside';
import { judgeRun } from '#judge';
import { planOf } from '#plan';
import { profiles } from '#profiles';
import { addressOf, readTarget, refuseImpossible, requireConfirmation } from '#remote/guard';
import { runRemote } from '#remote/run-remote';
import { exitCodes, type Result } from '#result';
import { buildK6, findK6, K6Missing, repository } from '#run/find-k6';
import { files, RunMissing, readRecord } from '#run/folder';
import { listenToInterrupts } from '#run/interrupts';
import { makeProgress } from '#run/progress';
import { runUntilItCounts, setAside } from '#run/repeat';
import { type RunInput, runLoad } from '#run/run';
import { verdictText } from '#verdict';

const screen = {
  isTTY: process.stderr.isTTY === true,
  write: (text: string) => void process.stderr.write(text),
  now: Date.now,
};
const progress = makeProgress(screen);

type Wanted = Pick<RunInput, 'journey' | 'profile' | 'seed' | 'capacity' | 'burstSeconds' | 'writePath'>;

const wantedOf = (command: Extract<Command, { does: 'run' | 'repeat' }>): Wanted => {
  if (command.does === 'run')
    return {
      journey: command.journey,
      profile: command.profile,
      seed: command.seed ?? randomInt(2 ** 31 - 1),
      capacity: command.capacity ?? profiles[command.profile].capacity,
      burstSeconds: command.burst,
      writePath: command.writePath,
    };
  const { plan, capacity, burstSeconds, writePath, target } = readRecord(resolve(command.folder));
  if (target !== undefined)
    throw new CommandRefused(
      `${command.folder} is a run against ${target}: its report tells the command, with the confirmation.`,
    );
  return { journey: plan.journey, profile: plan.profile, seed: plan.seed, capacity, burstSeconds, writePath };
};

const newFolder = (out: string | undefined, before = ''): string => {
  const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  const folder = resolve(out ?? join(repository, '.penstock/loadtest', `${before}${time}`));
  mkdirSync(folder, { recursive: true });
  return folder;
};

const findOrBuildK6 = (): string => findK6(process.env) ?? buildK6(process.env, progress.say);

const endRun = (result: Result, json: boolean): number => {
  progress.say(verdictText(result));
  if (json) console.log(JSON.stringify(result));
  return exitCodes[result.verdict];
};

const resultIn = (folder: string): Result => {
  const path = join(resolve(folder), files.result);
  if (!existsSync(path)) throw new RunMissing(folder, files.result);
  return JSON.parse(readFileSync(path, 'utf8')) as Result;
};

const main = async (): Promise<number> => {
  const command = readCommand(process.argv.slice(2));
  if (command.does === 'audit') return endRun(await judgeRun(resolve(command.folder)), command.json);
  if (command.does === 'set beside') {
    const [one, two] = command.folders.map(resultIn);
    if (one === undefined || two === undefined) return 1;
    progress.say(setBeside(one, two));
    if (command.json) console.log(JSON.stringify([one, two]));
    return 0;
  }
  const k6 = findOrBuildK6();
  const interrupts = listenToInterrupts(progress.say);
  if (command.does === 'compare') {
    const folder = newFolder(command.out, 'compare-');
    const comparison = await runCompare(command, folder, { k6, progress, ...interrupts });
    progress.say(comparisonText(comparison));
    progress.say(`\n  ${join(folder, comparisonFiles.page)}`);
    if (command.json) console.log(JSON.stringify(comparison));
    return exitCodes[verdictOf(comparison)];
  }
  if (command.does === 'run' && command.target !== undefined) {
    const target = readTarget(command.target);
    const { journey, profile, seed, capacity } = wantedOf(command);
    const plan = planOf({ journey, profile, seed, capacity, shopApiUrl: addressOf(target), socketUrl: '' });
    refuseImpossible(plan);
    requireConfirmation(target, command.confirm, plan);
    const folder = newFolder(command.out);
    await runRemote({ plan, target, folder, k6, progress, ...interrupts });
    return endRun(await judgeRun(folder), command.json);
  }
  const wanted = wantedOf(command);
  const folder = newFolder(command.out);
  const result = await runUntilItCounts({
    run: async () => {
      mkdirSync(folder, { recursive: true });
      await runLoad({ ...wanted, folder, k6, progress, ...interrupts });
      return judgeRun(folder);
    },
    setAside: () => setAside(folder),
    once: command.once,
    isInterrupted: interrupts.isInterrupted,
    say: progress.say,
  });
  const code = endRun(result, command.json);
  progress.say(`  ${join(folder, files.report)}`);
  return code;
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
