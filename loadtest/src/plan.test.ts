import { describe, expect, it } from 'vitest';
import { journeyNames } from '#journeys';
import { optionsOf } from '#k6/options';
import { planOf, stepsOffered } from '#plan';
import { profileNames, profiles } from '#profiles';

const plan = (journey: (typeof journeyNames)[number], profile: (typeof profileNames)[number], flash?: string) =>
  planOf(
    {
      journey,
      profile,
      seed: 1,
      capacity: profiles[profile].capacity,
      shopApiUrl: 'http://shop',
      socketUrl: 'ws://shop',
    },
    flash,
  );

describe('a plan', () => {
  it('offers five times what the starved table can take', () => {
    const { steps } = plan('checkout-rush', 'overload-5x');
    // 12 write units a second, 4 units an order's decrements.
    expect(steps[1]).toMatchObject({ startSecond: 20, seconds: 60, from: 15, to: 15 });
  });

  it('begins a ramp where the step before it ended', () => {
    expect(plan('basket-storm', 'average').steps[0]).toMatchObject({ from: 0.1, to: 12 });
  });

  it('puts a tenth of the offered orders on sale', () => {
    const sale = plan('flash-sale', 'smoke', 'oolong');
    expect(sale.flash).toEqual({ productId: 'oolong', units: Math.floor(stepsOffered(sale.steps) / 10) });
  });

  it('is half a minute in the smoke profile, which CI runs', () => {
    expect(plan('mixed', 'smoke').seconds).toBe(30);
  });

  it('duplicates at least 5 % of the deliveries in every overload', () => {
    for (const name of profileNames.filter((each) => /^(overload|rough|comparison)/.test(each)))
      expect(profiles[name].faults?.sqs.duplicateShare).toBeGreaterThanOrEqual(0.05);
  });

  it('kills workers, database and queue while they are loaded, in the rough profiles', () => {
    for (const name of ['rough', 'soak', 'hundred-thousand'] as const) {
      const { kills, faults, steps } = profiles[name];
      const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
      expect(new Set(kills.map(({ part }) => part))).toEqual(new Set(['workers', 'database', 'queue']));
      expect(kills.every(({ atSecond }) => atSecond < seconds)).toBe(true);
      expect(faults?.sqs.reorderShare).toBeGreaterThan(0);
      expect(faults?.sqs.replyLostShare).toBeGreaterThan(0);
      expect(faults?.dynamodb.replyLostShare).toBeGreaterThan(0);
    }
  });

  it.each(journeyNames.flatMap((journey) => profileNames.map((profile) => [journey, profile] as const)))(
    '%s %s becomes arrivals at a whole rate, whatever the answers take',
    (journey, profile) => {
      const { scenarios = {} } = optionsOf(plan(journey, profile));
      for (const [name, scenario] of Object.entries(scenarios)) {
        if (name === 'watchers') continue;
        expect(scenario.executor).toMatch(/arrival-rate$/);
        const rates = JSON.stringify(scenario).matchAll(/"(?:rate|target|startRate)":([\d.]+)/g);
        for (const [, rate] of rates) expect(Number(rate) % 1).toBe(0);
      }
    },
  );
});
