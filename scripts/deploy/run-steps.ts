/** Runs the steps of plan.ts, one after the other, and stops at the first that fails. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from './ask.ts';
import { checkKeptPlan, PlanRefused, readKeptPlan, writeKeptPlan } from './kept-plan.ts';
import { type App, type Environment, invalidatedPaths, type Step } from './plan.ts';
import { manifestDigestOf, type ReleaseStore } from './releases.ts';
import { type Addresses, configOf, heapsOf, keysOf, outdated, revalidated, type SiteFile } from './sites.ts';
import { SmokeFailed, smokeTest } from './smoke.ts';

/** What the steps are done with: AWS, Terraform, time and the shelf of releases, so that a test can stand in. */
export type Hands = {
  readonly environment: Environment;
  readonly currency: string;
  readonly terraform: {
    readonly init: () => Promise<void>;
    /** Writes the plan to a file that only `apply` reads; answers it as JSON. */
    readonly plan: (zips: string, release: string) => Promise<unknown>;
    /** Copies that file, and the hashes of the providers, to a folder; answers the plan for people. */
    readonly keepPlan: (folder: string) => Promise<string>;
    /** Brings what `keepPlan` wrote back, before `init`. */
    readonly takePlan: (folder: string) => Promise<void>;
    /** What was brought back, as JSON; its zips are looked for in `zips`. */
    readonly readPlan: (zips: string) => Promise<unknown>;
    /** Lineage and serial of the state, or "none". */
    readonly state: () => Promise<string>;
    /** Throws PlanRefused when the state has changed since the plan was made. */
    readonly apply: () => Promise<void>;
    readonly addresses: () => Promise<Addresses>;
  };
  readonly forbidden: (plan: unknown, named: readonly string[]) => readonly string[];
  readonly buckets: {
    readonly put: (bucket: string, file: SiteFile, body: Uint8Array) => Promise<void>;
    readonly list: (bucket: string) => Promise<readonly string[]>;
    readonly remove: (bucket: string, keys: readonly string[]) => Promise<void>;
  };
  readonly invalidate: (distribution: string, paths: readonly string[]) => Promise<void>;
  readonly releases: ReleaseStore;
  readonly ask: Ask;
  readonly edgeHeaders: Readonly<Record<string, string>>;
  readonly smoke: { readonly tries: number; readonly everyMs: number };
  readonly say: (text: string) => void;
};

/** A plan that nobody may apply: exit code 7. */
class PlanForbidden extends Error {
  readonly code = 'plan-forbidden';
}

export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** The number of the step that failed, from 1. */
      readonly at: number;
      readonly kind: 'fault' | 'plan-forbidden' | 'plan-refused' | 'smoke-failed';
      readonly message: string;
      /** Whether anything of the environment was changed before. */
      readonly changed: boolean;
    };

const changing: readonly Step['do'][] = ['apply', 'config', 'upload', 'invalidate', 'sweep'];

/** Resolves with what came of it; never throws for a step's failure. */
export const runSteps = async (steps: readonly Step[], hands: Hands): Promise<Outcome> => {
  const known: Known = { addresses: undefined, plan: undefined, functions: undefined, sites: {} };
  for (const [index, step] of steps.entries()) {
    hands.say(`${String(index + 1).padStart(2)}. ${step.says}`);
    try {
      await runStep(step, hands, known);
    } catch (error) {
      return {
        ok: false,
        at: index + 1,
        kind: kindOf(error),
        message: error instanceof Error ? error.message : String(error),
        // A refused plan did nothing itself; the step before it may have.
        changed: steps
          .slice(0, error instanceof PlanRefused ? index : index + 1)
          .some((each) => changing.includes(each.do)),
      };
    }
  }
  return { ok: true };
};

const kindOf = (error: unknown): Extract<Outcome, { ok: false }>['kind'] => {
  if (error instanceof PlanForbidden) return 'plan-forbidden';
  if (error instanceof PlanRefused) return 'plan-refused';
  return error instanceof SmokeFailed ? 'smoke-failed' : 'fault';
};

/** What earlier steps found out for later ones. */
type Known = {
  addresses: Addresses | undefined;
  plan: unknown;
  /** The release whose functions were planned. */
  functions: string | undefined;
  /** The release whose index.html went up. */
  sites: Partial<Record<App, string>>;
};

const runStep = async (step: Step, hands: Hands, known: Known): Promise<void> => {
  switch (step.do) {
    case 'check-release':
      return hands.releases.check(step.release);
    case 'init':
      return hands.terraform.init();
    case 'plan':
      known.functions = step.release;
      known.plan = await hands.terraform.plan(zipsOf(step.release, hands), step.release);
      return;
    case 'keep-plan':
      return keepPlan(step, hands);
    case 'take-plan':
      checkKeptPlan(step.folder, {
        environment: hands.environment,
        release: step.release,
        manifestSha256: manifestDigestOf(hands.releases.folder(step.release)),
      });
      return hands.terraform.takePlan(step.folder);
    case 'read-plan':
      if ((await hands.terraform.state()) !== readKeptPlan(step.folder).state)
        throw new PlanRefused(`The plan is stale: ${hands.environment} was changed after it was made.`);
      known.functions = step.release;
      known.plan = await hands.terraform.readPlan(zipsOf(step.release, hands));
      return;
    case 'guard': {
      const faults = hands.forbidden(known.plan, step.allowDestroy);
      if (faults.length > 0)
        throw new PlanForbidden(
          `The plan deletes or replaces what holds data:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nDrain first what is meant to go.`,
        );
      return;
    }
    case 'apply':
      return hands.terraform.apply();
    case 'addresses':
      known.addresses = await hands.terraform.addresses();
      return;
    case 'config':
      return hands.buckets.put(
        bucketOf(step.app, addressesOf(known)),
        { key: 'config.json', contentType: 'application/json; charset=utf-8', cacheControl: revalidated },
        new TextEncoder().encode(`${JSON.stringify(configOf(step.app, addressesOf(known), hands.currency))}\n`),
      );
    case 'upload':
      return upload(step, hands, known);
    case 'invalidate':
      return hands.invalidate(
        addressesOf(known).distributions[step.app === 'storefront' ? 'shop' : 'admin'],
        invalidatedPaths(step.app),
      );
    case 'smoke':
      if (step.release !== undefined) {
        known.functions = step.release;
        for (const app of step.apps) known.sites[app] = step.release;
      }
      return smoke(step.apps, hands, known);
    case 'note':
      return hands.releases.note(step.after, step.history);
    case 'sweep':
      return sweep(step.app, step.releases, hands, known);
  }
};

const zipsOf = (release: string, { releases }: Hands): string => join(releases.folder(release), 'functions');

const keepPlan = async (
  { folder, release, allowDestroy }: Extract<Step, { do: 'keep-plan' }>,
  { environment, releases, terraform }: Hands,
): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const text = await terraform.keepPlan(folder);
  const manifestSha256 = manifestDigestOf(releases.folder(release));
  const state = await terraform.state();
  writeKeptPlan(folder, { environment, release, manifestSha256, state, allowDestroy }, text);
};

const upload = async (
  { app, release, heap }: Extract<Step, { do: 'upload' }>,
  { buckets, releases }: Hands,
  known: Known,
): Promise<void> => {
  const bucket = bucketOf(app, addressesOf(known));
  const files = heapsOf(keysOf(app, releases.manifest(release)))[heap];
  for (let at = 0; at < files.length; at += uploadsAtOnce)
    await Promise.all(
      files
        .slice(at, at + uploadsAtOnce)
        .map((file) => buckets.put(bucket, file, readFileSync(join(releases.folder(release), app, file.key)))),
    );
  if (heap === 'index') known.sites[app] = release;
};

const uploadsAtOnce = 8;

const smoke = (apps: readonly App[], hands: Hands, known: Known): Promise<void> =>
  smokeTest(
    {
      apps: apps.filter((app) => known.sites[app] !== undefined || known.functions !== undefined),
      addresses: addressesOf(known),
      edgeHeaders: hands.edgeHeaders,
      version: known.functions,
      index: (app) => {
        const release = known.sites[app];
        return release === undefined
          ? undefined
          : readFileSync(join(hands.releases.folder(release), app, 'index.html'), 'utf8');
      },
    },
    { ask: hands.ask, say: (text) => hands.say(`    ${text}`), ...hands.smoke },
  );

const sweep = async (app: App, kept: readonly string[], hands: Hands, known: Known): Promise<void> => {
  const bucket = bucketOf(app, addressesOf(known));
  const manifests = [];
  for (const release of kept) {
    await hands.releases.check(release);
    manifests.push(keysOf(app, hands.releases.manifest(release)));
  }
  const keys = outdated(await hands.buckets.list(bucket), manifests);
  if (keys.length > 0) await hands.buckets.remove(bucket, keys);
  hands.say(`    ${keys.length} assets deleted`);
};

const addressesOf = ({ addresses }: Known): Addresses => {
  if (addresses === undefined)
    throw new TypeError('A step that needs the addresses came before the one that reads them.');
  return addresses;
};

const bucketOf = (app: App, addresses: Addresses): string =>
  app === 'storefront' ? addresses.shop_bucket : addresses.admin_bucket;
