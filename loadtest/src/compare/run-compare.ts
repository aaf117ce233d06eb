import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { auditRun } from '#audit/audit';
import type { Command } from '#command-line';
import { type CompareDeps, compare, openPlan } from '#compare/compare';
import { type Comparison, comparisonMarkdown } from '#compare/comparison';
import { chartedMeasures, comparisonBlock, comparisonPage } from '#compare/page';
import { rowOf } from '#compare/row';
import { judgeRun } from '#judge';
import { profiles } from '#profiles';
import { drawPicture } from '#report/picture';
import { writePictures } from '#report/write-pictures';
import { files, readRecord, readRun, writeIn, writeJson } from '#run/folder';
import { type RunInput, runLoad } from '#run/run';

export const comparisonFiles = {
  comparison: 'comparison.json',
  page: 'comparison.html',
  table: 'comparison.md',
} as const;

type Hands = Pick<RunInput, 'k6' | 'progress' | 'interrupted' | 'isTiredOfWaiting'> & {
  readonly isInterrupted: () => boolean;
};

/** Runs what is missing of a comparison and writes table and page of what is there, whole or not. */
export const runCompare = async (
  command: Extract<Command, { does: 'compare' }>,
  folder: string,
  hands: Hands,
): Promise<Comparison> => {
  mkdirSync(folder, { recursive: true });
  const first = command.seed ?? randomInt(1_000_000);
  const plan = openPlan(folder, {
    journey: command.journey,
    profile: command.short ? 'comparison-short' : 'comparison',
    seeds: Array.from({ length: command.seeds }, (_, index) => first + index),
  });
  hands.progress.say(
    `${plan.journey}, ${plan.profile}, seeds ${plan.seeds.join(', ')}; begun again with --out ${folder} it goes on.`,
  );
  const deps: CompareDeps = {
    run: async ({ seed, writePath }, { journey, profile }, place) => {
      mkdirSync(place, { recursive: true });
      const { capacity } = profiles[profile];
      await runLoad({ ...hands, journey, profile, seed, capacity, burstSeconds: 0, writePath, folder: place });
      await judgeRun(place);
    },
    rowOf: (place) => {
      if (!existsSync(join(place, files.result)) || readRecord(place).interrupted) return undefined;
      const { record, receipts, samples, stored } = readRun(place);
      return rowOf({ record, receipts, samples, audit: auditRun(receipts, stored, new Set(record.held)) });
    },
    isInterrupted: hands.isInterrupted,
    now: Date.now,
    say: hands.progress.say,
  };
  const rows = await compare(deps, plan, { folder, minutes: command.minutes });
  const [some] = plan.seeds
    .map((seed) => join(folder, `${seed}-penstock`))
    .filter((place) => existsSync(join(place, files.record)));
  const record = some === undefined ? undefined : readRecord(some);
  const comparison: Comparison = {
    schema: 1,
    ...plan,
    revision: record?.revision ?? 'unknown',
    machine:
      record === undefined
        ? 'unknown'
        : `${record.machine.cpus} x ${record.machine.model}, ${record.machine.memoryMb} MB, Node ${record.machine.node}, k6 ${record.k6.version}`,
    rows,
  };
  writeJson(folder, comparisonFiles.comparison, comparison);
  writeIn(folder, comparisonFiles.table, comparisonMarkdown(comparison));
  writeIn(folder, comparisonFiles.page, comparisonPage(comparison));
  const bars = chartedMeasures.map((name) => comparisonBlock(comparison, name));
  await writePictures(folder, { paths: drawPicture(bars), 'paths-dark': drawPicture(bars, 'dark') });
  return comparison;
};
