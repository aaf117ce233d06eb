import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { WritePath } from '@penstock/platform/settings';
import type { JourneyName } from '#journeys';
import { type Plan, planOf } from '#plan';
import { type ProfileName, profiles } from '#profiles';
import { readReceipts } from '#receipts';
import type { RunRecord } from '#record';
import { bundleJourneys } from '#run/bundle';
import { type Cloud, startCloud } from '#run/cloud';
import { collectStored, findHeld } from '#run/collect';
import { callControl, waitDrained } from '#run/control';
import { k6Version, repository } from '#run/find-k6';
import { files, writeIn, writeJson, writeLines } from '#run/folder';
import { readSummary, startK6 } from '#run/k6';
import { fillShelves, flashProductOf } from '#run/prepare';
import type { Progress } from '#run/progress';
import { type Sampler, startSampler } from '#run/sampler';
import { scheduleEvents } from '#run/schedule';

export type RunInput = {
  readonly journey: JourneyName;
  readonly profile: ProfileName;
  readonly seed: number;
  /** WCU/s of each table. */
  readonly capacity: number;
  /** Seconds of unused capacity that burst. */
  readonly burstSeconds: number;
  readonly writePath: WritePath;
  readonly folder: string;
  readonly k6: string;
  readonly progress: Progress;
  /** Resolves at the first Ctrl-C: k6 ends, what was accepted is drained and audited all the same. */
  readonly interrupted: Promise<void>;
  /** Whether a second Ctrl-C asked not to wait for the drain either. */
  readonly isTiredOfWaiting: () => boolean;
};

/** The drain before the load: stock edits on their way to the catalogue. */
const settleMs = 60_000;

/** Boots a cloud, loads it, waits for the drain and writes everything down that an audit needs. */
export const runLoad = async (input: RunInput): Promise<void> => {
  const { folder, progress, seed, capacity, burstSeconds, writePath } = input;
  const dataDir = join(folder, 'cloud');
  progress.say(`Booting a cloud with ${capacity} write units a second a table.`);
  const script = await bundleJourneys(folder);
  const cloud = await startCloud(dataDir, { capacity, burstSeconds, seed, writePath });
  try {
    writeJson(folder, files.record, await loadCloud(input, cloud, script));
  } finally {
    await cloud.stop();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(script, { force: true });
  }
};

const loadCloud = async (input: RunInput, cloud: Cloud, script: string): Promise<RunRecord> => {
  const { folder, progress, journey, profile: profileName, seed, capacity } = input;
  const profile = profiles[profileName];
  const { shopApiUrl, socketUrl, controlUrl } = cloud;
  const plan = planOf(
    { journey, profile: profileName, seed, capacity, shopApiUrl, socketUrl },
    await flashProductOf(cloud, journey),
  );
  writeJson(folder, files.plan, plan);
  await fillShelves(cloud, plan);
  await waitDrained(controlUrl, settleMs, input.isTiredOfWaiting);
  writeIn(folder, files.productsBefore, await callControl(controlUrl, 'GET', '/export/products'));
  if (profile.faults !== undefined) await callControl(controlUrl, 'PUT', '/faults', { seed, ...profile.faults });
  await callControl(controlUrl, 'DELETE', '/meters');
  const sampler = startSampler(controlUrl, progress.sampled);
  try {
    return await floodAndDrain(input, cloud, { plan, script, sampler });
  } finally {
    // Also when the cloud went away meanwhile: a sampler that looks on keeps the process.
    await sampler.stop();
  }
};

type Flood = { readonly plan: Plan; readonly script: string; readonly sampler: Sampler };

const floodAndDrain = async (input: RunInput, cloud: Cloud, { plan, script, sampler }: Flood): Promise<RunRecord> => {
  const { folder, progress, capacity, k6 } = input;
  const { controlUrl } = cloud;
  const profile = profiles[plan.profile];
  const startedAt = new Date().toISOString();
  // k6 appends to what it finds: a folder that held a run before must not lend it its receipts.
  writeIn(folder, files.receipts, '');
  rmSync(join(folder, files.k6Summary), { force: true });
  const run = startK6(k6, script, folder);
  const startedMs = Date.now();
  progress.loadBegins(plan);
  let isInterrupted = false;
  void input.interrupted.then(() => {
    isInterrupted = true;
    run.stop();
  });
  const events = scheduleEvents(controlUrl, { ...profile, capacity }, progress.say);
  const exitCode = await run.ended;
  const eventFaults = await events.stop();
  if (eventFaults.length > 0) throw new Error(`The run did not go as its profile says: ${eventFaults.join(' ')}`);
  const loadToMs = Date.now();
  progress.drainBegins(profile.drainSecondsMax);
  const isDrained = await waitDrained(controlUrl, profile.drainSecondsMax * 1000, input.isTiredOfWaiting);
  const drainedMs = Date.now();
  await sampler.stop();
  progress.auditBegins();
  writeLines(folder, files.samples, sampler.samples);
  await collectStored(cloud, folder);
  const { receipts } = readReceipts(readFileSync(join(folder, files.receipts), 'utf8'));
  return {
    schema: 1,
    plan,
    capacity,
    burstSeconds: input.burstSeconds,
    writePath: input.writePath,
    startedAt,
    loadFromMs: receipts.find(({ kind }) => kind === 'begin')?.atMs ?? startedMs,
    loadToMs,
    drainedMs: isDrained ? drainedMs : undefined,
    interrupted: isInterrupted,
    k6: { exitCode, ...readSummary(folder), version: k6Version },
    machine: machineOf(),
    revision: revisionOf(),
    held: await findHeld(cloud, receipts),
  };
};

export const machineOf = (): RunRecord['machine'] => ({
  cpus: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  memoryMb: Math.round(totalmem() / 1_048_576),
  node: process.version,
});

export const revisionOf = (): string =>
  spawnSync('git', ['describe', '--always', '--dirty'], { cwd: repository, encoding: 'utf8' }).stdout?.trim() ||
  'unknown';
