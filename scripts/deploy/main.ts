/**
 * `npm run deploy -- ENVIRONMENT`, `npm run rollback -- ENVIRONMENT` and `npm run smoke -- ENVIRONMENT` (docs/operations.md).
 * --dry-run prints the steps and calls nothing. smoke prints the shop's address on stdout.
 *
 * Exit: 0 done, 1 a step failed, 2 a bad flag, 6 a tool is missing, 7 the plan would delete or replace what holds data (nothing
 * was changed), 8 it is out but the smoke test failed (roll back), 9 the plan is of something else or stale (nothing was changed).
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forbiddenChanges } from '../plan-guard.ts';
import { hasTerraform } from '../terraform-tool.ts';
import { makeAsk } from './ask.ts';
import { makeAwsHands } from './aws.ts';
import { FlagInvalid, readFlags, type Wish } from './flags.ts';
import { PlanRefused, readKeptPlan } from './kept-plan.ts';
import { adviceOf, exitCodes } from './outcome.ts';
import { type Deployed, deploySteps, describe, planSteps, rollbackSteps, type Step, smokeSteps } from './plan.ts';
import { makeReleaseStore, readManifest, releaseIdOf } from './releases.ts';
import { type Hands, runSteps } from './run-steps.ts';
import { makeTerraformHands } from './terraform-hands.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (text: string): void => console.error(text);

const main = async (): Promise<number> => {
  const wish = readFlags(process.argv.slice(2), process.env);
  const folder = resolve(root, wish.release);
  if (wish.dryRun) {
    console.log(`${describe(dryStepsOf(wish, folder))}\n\nDry run: nothing was called and nothing was changed.`);
    return 0;
  }
  if (!hasTerraform()) {
    say('Terraform is not on the PATH. Install 1.11 or later: https://developer.hashicorp.com/terraform/install');
    return 6;
  }
  if (wish.stateBucket === undefined)
    throw new FlagInvalid(
      'Name the bucket of the state, which terraform/bootstrap prints: --state-bucket NAME, or PENSTOCK_STATE_BUCKET.',
    );
  const hands = handsOf(wish, folder, wish.stateBucket);
  // A plan and a smoke test change nothing, so they ask nobody what ran before.
  const isReading = wish.command === 'smoke' || wish.planOut !== undefined;
  const history = isReading ? [] : await hands.releases.history();
  const steps = stepsOf(wish, folder, history);
  if (steps === undefined) {
    say(`${wish.environment} has no deployment before the last one: there is nothing to roll back to.`);
    return 1;
  }
  const outcome = await runSteps(steps, hands);
  if (outcome.ok) {
    say(
      wish.planOut === undefined
        ? `${wish.command} of ${wish.environment}: done`
        : `plan of ${wish.environment}: in ${wish.planOut}, nothing was changed. Apply it with: npm run deploy -- ${wish.environment} --plan ${wish.planOut}`,
    );
    if (wish.command === 'smoke') console.log((await hands.terraform.addresses()).shop);
    return 0;
  }
  say(`Step ${outcome.at} failed: ${outcome.message}\n${adviceOf(wish, outcome)}`);
  return exitCodes[outcome.kind];
};

const stepsOf = (wish: Wish, folder: string, history: readonly Deployed[]): readonly Step[] | undefined => {
  const { environment, allowDestroy } = wish;
  if (wish.command === 'smoke') return smokeSteps({ environment, release: releaseIn(folder) });
  if (wish.command === 'deploy') return stepsOfDeploy(wish, releaseIn(folder), history);
  const [before, now] = history.slice(-2);
  return before === undefined || now === undefined
    ? undefined
    : rollbackSteps({ environment, now, before, allowDestroy });
};

const stepsOfDeploy = (wish: Wish, release: string, history: readonly Deployed[]): readonly Step[] => {
  const { environment, app, allowDestroy } = wish;
  if (wish.planOut !== undefined)
    return planSteps({ environment, release, allowDestroy, folder: resolve(root, wish.planOut) });
  if (wish.plan === undefined) return deploySteps({ environment, app, release, history, allowDestroy });
  const plan = resolve(root, wish.plan);
  return deploySteps({ environment, app, release, history, allowDestroy: readKeptPlan(plan).allowDestroy, plan });
};

/** What a dry run knows without a call: the release of this machine; of a history it knows nothing, so it says "before". */
const dryStepsOf = (wish: Wish, folder: string): readonly Step[] => {
  const last: Deployed = { functions: 'LAST', storefront: 'LAST', admin: 'LAST' };
  const before: Deployed = { functions: 'BEFORE', storefront: 'BEFORE', admin: 'BEFORE' };
  return stepsOf(wish, folder, wish.command === 'rollback' ? [before, last] : [last]) ?? [];
};

const releaseIn = (folder: string): string => {
  readManifest(folder);
  return releaseIdOf(folder);
};

const handsOf = (wish: Wish, folder: string, stateBucket: string): Hands => {
  const { shelfOf, ...aws } = makeAwsHands({ region: wish.region });
  const topology = JSON.parse(readFileSync(join(root, 'topology.json'), 'utf8')) as { currency: string };
  return {
    environment: wish.environment,
    currency: topology.currency,
    terraform: makeTerraformHands({
      root: join(root, 'terraform/live', wish.environment),
      backend: [`-backend-config=bucket=${stateBucket}`, `-backend-config=region=${wish.region}`],
      variables: [`-var=region=${wish.region}`],
      onText: (text) => process.stderr.write(text),
    }),
    forbidden: forbiddenChanges,
    ...aws,
    releases: makeReleaseStore({
      shelf: shelfOf(stateBucket),
      local: wish.command === 'rollback' ? {} : { [releaseIn(folder)]: folder },
      cache: join(root, '.penstock/releases'),
      now: () => new Date(),
    }),
    ask: makeAsk(20_000),
    edgeHeaders: {},
    // CloudFront takes minutes at times to tell all its edges of a change.
    smoke: { tries: 30, everyMs: 10_000 },
    say,
  };
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(`${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = error instanceof FlagInvalid ? 2 : error instanceof PlanRefused ? 9 : 1;
  },
);
