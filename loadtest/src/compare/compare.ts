import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandRefused, type ComparedJourney } from '#command-line';
import { type ComparedRun, comparedRuns, folderOf } from '#compare/order';
import type { Row } from '#compare/row';
import { type ProfileName, profiles, secondsOf } from '#profiles';
import { writeJson } from '#run/folder';

/** What a comparison is, whole: written first, so that an interrupted one goes on with it. */
export type ComparisonPlan = {
  readonly journey: ComparedJourney;
  readonly profile: ProfileName;
  readonly seeds: readonly number[];
};

export type CompareDeps = {
  /** Runs one, into its folder. */
  readonly run: (run: ComparedRun, plan: ComparisonPlan, folder: string) => Promise<void>;
  /** The row of a run that is there; undefined: there is none, or it was interrupted. */
  readonly rowOf: (folder: string) => Row | undefined;
  readonly isInterrupted: () => boolean;
  readonly now: () => number;
  readonly say: (text: string) => void;
};

/** Boot, shelves and audit of a run beside its load and drain, seconds. */
const aroundSeconds = 20;
const planFile = 'comparison-plan.json';

/** The plan of the folder when one is there, else this one, written down. Throws CommandRefused when the two differ. */
export const openPlan = (folder: string, wanted: ComparisonPlan): ComparisonPlan => {
  const path = join(folder, planFile);
  if (!existsSync(path)) {
    writeJson(folder, planFile, wanted);
    return wanted;
  }
  const found = JSON.parse(readFileSync(path, 'utf8')) as ComparisonPlan;
  if (found.journey !== wanted.journey || found.profile !== wanted.profile)
    throw new CommandRefused(
      `${folder} holds a comparison of ${found.journey} ${found.profile}: go on with that one, or name another --out.`,
    );
  return found;
};

/**
 * Makes the runs that are missing, until all are there, the time is over or somebody interrupts. Answers every row that
 * there is. A run that would not fit into the time is not begun, so that none is cut.
 */
export const compare = async (
  deps: CompareDeps,
  plan: ComparisonPlan,
  { folder, minutes }: { readonly folder: string; readonly minutes: number },
): Promise<readonly Row[]> => {
  const startedMs = deps.now();
  const profile = profiles[plan.profile];
  const longestMs = (secondsOf(profile) + profile.drainSecondsMax + aroundSeconds) * 1000;
  const runs = comparedRuns(plan.seeds);
  const rows: Row[] = [];
  const placeOf = (run: ComparedRun) => join(folder, folderOf(run));
  let left = 0;
  for (const [index, run] of runs.entries()) {
    const known = deps.rowOf(placeOf(run));
    if (known !== undefined) {
      rows.push(known);
      continue;
    }
    const wouldEndMs = deps.now() - startedMs + longestMs;
    // The first run of a call is always made: otherwise a short time would never come to an end.
    const isFirst = left === 0 && rows.length === 0;
    if (deps.isInterrupted() || (wouldEndMs > minutes * 60_000 && !isFirst)) {
      left += 1;
      continue;
    }
    deps.say(`Run ${index + 1} of ${runs.length}: ${run.writePath}, seed ${run.seed}.`);
    rmSync(placeOf(run), { recursive: true, force: true });
    await deps.run(run, plan, placeOf(run));
    const row = deps.rowOf(placeOf(run));
    if (row === undefined) left += 1;
    else rows.push(row);
  }
  if (left > 0) deps.say(`${left} runs are left. The same command with --out ${folder} goes on where this one ended.`);
  return rows;
};
