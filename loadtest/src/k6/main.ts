/** What k6 runs, bundled with what it needs of the domain: k6 cannot import packages. The plan comes as a file of JSON. */
import exec from 'k6/execution';
import { journeySteps } from '#k6/journeys';
import { optionsOf } from '#k6/options';
import { findTarget, type Target, write } from '#k6/shop';
import { watch } from '#k6/watcher';
import type { Plan } from '#plan';
import { randomFrom } from '#random';

const plan = JSON.parse(open(__ENV.PENSTOCK_PLAN ?? 'plan.json')) as Plan;

export const options = optionsOf(plan);

export const setup = (): Target => {
  const target = findTarget(plan.shopApiUrl);
  write({ kind: 'begin', atMs: Date.now() });
  return target;
};

export const step = (target: Target): void => {
  const stepIndex = Number(exec.scenario.name.replace('step-', ''));
  journeySteps[plan.journey](target, randomFrom(plan.seed, stepIndex, exec.scenario.iterationInTest), plan);
};

export const watcher = (target: Target): void =>
  watch(target, plan, randomFrom(plan.seed, plan.steps.length, exec.scenario.iterationInTest));

/** The few numbers of k6 itself that decide whether the run counts. */
export const handleSummary = (data: {
  readonly metrics: Readonly<Record<string, { values?: { count?: number } }>>;
}) => ({
  [__ENV.PENSTOCK_SUMMARY ?? 'k6.json']: JSON.stringify({
    iterations: data.metrics.iterations?.values?.count ?? 0,
    dropped: data.metrics.dropped_iterations?.values?.count ?? 0,
  }),
});
