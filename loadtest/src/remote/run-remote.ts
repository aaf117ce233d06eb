import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from '#plan';
import { profiles } from '#profiles';
import { type Receipt, readReceipts } from '#receipts';
import type { RunRecord } from '#record';
import { auditLooked } from '#remote/audit-looked';
import { type LookDeps, type Looked, lookAtBaskets, lookUntilFinal } from '#remote/look';
import { bundleJourneys } from '#run/bundle';
import { k6Version } from '#run/find-k6';
import { files, RunMissing, readRecord, writeIn, writeJson } from '#run/folder';
import { readSummary, startK6 } from '#run/k6';
import { machineOf, type RunInput, revisionOf } from '#run/run';

type RemoteInput = Pick<RunInput, 'folder' | 'k6' | 'progress' | 'interrupted' | 'isTiredOfWaiting'> & {
  readonly plan: Plan;
  readonly target: URL;
};

const everyMs = 2000;
const callMs = 10_000;

/** Loads a deployment by its shop API and looks from outside until what was accepted is final. No faults, no meters. */
export const runRemote = async (input: RemoteInput): Promise<void> => {
  const { plan, target, folder, progress } = input;
  const { shopApiUrl } = plan;
  const { drainSecondsMax } = profiles[plan.profile];
  progress.say(`Loading ${target.hostname}. No fault is injected there, and its meters are not read.`);
  writeJson(folder, files.plan, plan);
  writeIn(folder, files.receipts, '');
  rmSync(join(folder, files.k6Summary), { force: true });
  const startedAt = new Date();
  const script = await bundleJourneys(folder);
  const run = startK6(input.k6, script, folder);
  progress.loadBegins(plan);
  let isInterrupted = false;
  void input.interrupted.then(() => {
    isInterrupted = true;
    run.stop();
  });
  const exitCode = await run.ended;
  rmSync(script, { force: true });
  const loadToMs = Date.now();
  progress.drainBegins(drainSecondsMax);
  const { receipts } = readReceipts(readFileSync(join(folder, files.receipts), 'utf8'));
  const looked = await look(input, receipts, loadToMs + drainSecondsMax * 1000);
  const isDrained = auditLooked(receipts, looked).waiting === 0;
  progress.auditBegins();
  writeJson(folder, files.looked, looked);
  const record: RunRecord = {
    schema: 1,
    plan,
    capacity: plan.capacity,
    burstSeconds: 0,
    writePath: 'penstock',
    target: new URL(shopApiUrl).host,
    startedAt: startedAt.toISOString(),
    loadFromMs: receipts.find(({ kind }) => kind === 'begin')?.atMs ?? startedAt.getTime(),
    loadToMs,
    drainedMs: isDrained ? Date.now() : undefined,
    interrupted: isInterrupted,
    k6: { exitCode, ...readSummary(folder), version: k6Version },
    machine: machineOf(),
    revision: revisionOf(),
    held: [],
  };
  writeJson(folder, files.record, record);
};

/** Orders until they are final, then baskets until nothing is missing; both at most until then. */
const look = async (
  { plan: { shopApiUrl }, isTiredOfWaiting }: RemoteInput,
  receipts: readonly Receipt[],
  untilMs: number,
): Promise<Looked> => {
  const deps: LookDeps = { fetch: ask, sleep, now: Date.now, isTiredOfWaiting };
  const orders = await lookUntilFinal(deps, shopApiUrl, receipts, Math.max(0, untilMs - Date.now()) / 1000);
  for (;;) {
    const looked = { orders, baskets: await lookAtBaskets(deps, shopApiUrl, receipts) };
    const { findings } = auditLooked(receipts, looked);
    if (findings.lost.length + findings.stale.length === 0 || Date.now() >= untilMs || isTiredOfWaiting())
      return looked;
    await sleep(everyMs);
  }
};

/** A call that is not answered says nothing: it is made again at the next look. */
const ask: LookDeps['fetch'] = async (url, headers) => {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(callMs) });
    const body: unknown = await answer.json();
    return { status: answer.status, body };
  } catch {
    return { status: 0, body: undefined };
  }
};

/** Reads a run of a deployment back. Throws RunMissing. */
export const readLookedRun = (folder: string) => {
  const read = (file: string): string => {
    const path = join(folder, file);
    if (!existsSync(path)) throw new RunMissing(folder, file);
    return readFileSync(path, 'utf8');
  };
  return {
    record: readRecord(folder),
    ...readReceipts(read(files.receipts)),
    looked: JSON.parse(read(files.looked)) as Looked,
  };
};
