import type { Options, Scenario } from 'k6/options';
import type { Plan, PlanStep } from '#plan';
import { profiles } from '#profiles';

/**
 * An open model only: arrivals come at their rate whatever the answers take, so that a slow system is not spared.
 * Rates are whole numbers to k6, hence ten seconds as the unit of time.
 */
export const optionsOf = (plan: Plan): Options => ({
  scenarios: {
    ...Object.fromEntries(plan.steps.map((step, index) => [`step-${index}`, scenarioOf(step, pileUpSecondsOf(plan))])),
    ...(plan.watchers === 0
      ? {}
      : {
          watchers: {
            executor: 'per-vu-iterations',
            vus: plan.watchers,
            iterations: 1,
            maxDuration: `${plan.seconds + plan.settleSeconds + 30}s`,
            exec: 'watcher',
          } satisfies Scenario,
        }),
  },
  discardResponseBodies: false,
  // Latencies are read from the receipts, so k6 need not keep them by percentile.
  summaryTrendStats: ['med', 'p(99)', 'max'],
  noConnectionReuse: false,
});

/** While a part that was killed comes back, nobody is answered. */
const pileUpSecondsOf = ({ profile }: Plan): number => (profiles[profile].kills.length === 0 ? 5 : 15);

const scenarioOf = ({ startSecond, seconds, from, to }: PlanStep, pileUpSeconds: number): Scenario => {
  // A step that takes a second needs as many shoppers as arrive in one; some seconds of them may pile up before one is dropped.
  const shoppers = {
    preAllocatedVUs: Math.max(4, Math.ceil(Math.max(from, to))),
    maxVUs: Math.ceil(Math.max(from, to) * pileUpSeconds) + 10,
  };
  const when = { startTime: `${startSecond}s`, timeUnit: '10s', exec: 'step', gracefulStop: '15s' } as const;
  if (from === to)
    return {
      executor: 'constant-arrival-rate',
      rate: Math.round(to * 10),
      duration: `${seconds}s`,
      ...when,
      ...shoppers,
    };
  return {
    executor: 'ramping-arrival-rate',
    startRate: Math.round(from * 10),
    stages: [{ target: Math.round(to * 10), duration: `${seconds}s` }],
    ...when,
    ...shoppers,
  };
};
