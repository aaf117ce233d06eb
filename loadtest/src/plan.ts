import { type JourneyName, journeys } from '#journeys';
import { type ProfileName, profiles, secondsOf } from '#profiles';

/** What one run is, whole: k6 gets it as text, result.json and the report carry it, and the same plan repeats the run. */
export type Plan = {
  readonly journey: JourneyName;
  readonly profile: ProfileName;
  readonly seed: number;
  /** WCU/s of each table. */
  readonly capacity: number;
  readonly shopApiUrl: string;
  readonly socketUrl: string;
  readonly steps: readonly PlanStep[];
  readonly seconds: number;
  readonly watchers: number;
  /** How long sockets stay open after the load, so that what the queue still holds reaches them. */
  readonly settleSeconds: number;
  /** The product of a flash sale, and its units. */
  readonly flash: { readonly productId: string; readonly units: number } | undefined;
};
/** Steps a second, from and to; both equal unless the step is a ramp. */
export type PlanStep = {
  readonly name: string;
  readonly startSecond: number;
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
};

export type PlanInput = Pick<Plan, 'journey' | 'profile' | 'seed' | 'capacity' | 'shopApiUrl' | 'socketUrl'>;

/** Turns "five times the capacity" into rates: load x capacity / units of a step, rounded to a tenth a second. */
export const planOf = (input: PlanInput, flashProductId?: string): Plan => {
  const profile = profiles[input.profile];
  const journey = journeys[input.journey];
  const rateOf = (load: number): number =>
    Math.max(0.1, Math.round(((load * input.capacity) / journey.unitsPerStep) * 10) / 10);
  const steps: PlanStep[] = [];
  let startSecond = 0;
  let before = 0.1;
  for (const { name, seconds, load, ramp } of profile.steps) {
    const to = rateOf(load);
    steps.push({ name, startSecond, seconds, from: ramp === true ? before : to, to });
    startSecond += seconds;
    before = to;
  }
  return {
    ...input,
    steps,
    seconds: secondsOf(profile),
    watchers: journey.watchers,
    settleSeconds: journey.watchers === 0 ? 0 : profile.backlog ? 180 : 15,
    // A tenth of the offered orders, as in the design's sale of 1,000 units to 10,000 orders.
    flash:
      flashProductId === undefined
        ? undefined
        : { productId: flashProductId, units: Math.max(1, Math.floor(stepsOffered(steps) / 10)) },
  };
};

/** How many steps a plan offers in all. */
export const stepsOffered = (steps: readonly PlanStep[]): number =>
  steps.reduce((sum, { seconds, from, to }) => sum + (seconds * (from + to)) / 2, 0);
