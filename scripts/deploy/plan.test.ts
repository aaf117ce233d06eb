import { describe, expect, it } from 'vitest';
import {
  changedParts,
  type Deployed,
  deploySteps,
  describe as describeSteps,
  planSteps,
  rollbackSteps,
  type Step,
  smokeSteps,
} from './plan.ts';

const all = (release: string): Deployed => ({ functions: release, storefront: release, admin: release });
const wish = {
  environment: 'dev',
  app: 'all',
  release: 'r3',
  history: [all('r1'), all('r2')],
  allowDestroy: [],
} as const;

const names = (steps: readonly Step[]): readonly string[] =>
  steps.map((step) =>
    [step.do, 'app' in step ? step.app : undefined, 'heap' in step ? step.heap : undefined].filter(Boolean).join(' '),
  );

describe('a deployment', () => {
  it('plans, guards, notes and applies before it touches a site', () => {
    expect(names(deploySteps(wish)).slice(0, 7)).toEqual([
      'check-release',
      'init',
      'plan',
      'guard',
      'note',
      'apply',
      'addresses',
    ]);
  });

  it.each(['storefront', 'admin'])(
    'uploads the assets of %s before its index, which goes last, and then invalidates',
    (app) => {
      const site = names(deploySteps(wish)).filter((name) => name.includes(` ${app}`));
      expect(site).toEqual([
        `config ${app}`,
        `upload ${app} assets`,
        `upload ${app} pages`,
        `upload ${app} index`,
        `invalidate ${app}`,
        `sweep ${app}`,
      ]);
    },
  );

  it('tests from outside before it deletes what the release before still needs', () => {
    const steps = names(deploySteps(wish));
    expect(steps.indexOf('smoke')).toBeLessThan(steps.indexOf('sweep storefront'));
    expect(steps.indexOf('smoke')).toBeGreaterThan(steps.indexOf('invalidate admin'));
  });

  it('keeps the assets of the release before, also when the same release goes out again', () => {
    const kept = (history: readonly Deployed[]) =>
      deploySteps({ ...wish, history }).flatMap((step) => (step.do === 'sweep' ? [step.releases] : []));
    expect(kept([all('r1'), all('r2')])).toEqual([
      ['r3', 'r2'],
      ['r3', 'r2'],
    ]);
    expect(kept([all('r2'), all('r3')])).toEqual([
      ['r3', 'r2'],
      ['r3', 'r2'],
    ]);
    expect(kept([])).toEqual([['r3'], ['r3']]);
  });

  it('of one app leaves the back end and the other site alone', () => {
    const steps = deploySteps({ ...wish, app: 'storefront' });
    const done = names(steps);
    expect(done.slice(0, 5)).toEqual(['check-release', 'init', 'addresses', 'note', 'config storefront']);
    expect(done.filter((name) => name.includes('admin'))).toEqual([]);
    expect(steps.find((step) => step.do === 'note')).toMatchObject({
      after: { functions: 'r2', storefront: 'r3', admin: 'r2' },
    });
  });

  it('says every step in a sentence', () => {
    expect(describeSteps(deploySteps({ ...wish, allowDestroy: ['module.shop.x'] }))).toContain('but for module.shop.x');
  });
});

describe('a plan that is kept', () => {
  it('is guarded before it is written, and nothing is applied', () => {
    const steps = planSteps({ environment: 'prod', release: 'r3', allowDestroy: ['a'], folder: 'out' });
    expect(names(steps)).toEqual(['check-release', 'init', 'plan', 'guard', 'keep-plan']);
    expect(describeSteps(steps)).toContain('to out');
  });

  it('is taken before init, guarded again, and applied without another plan', () => {
    const steps = deploySteps({ ...wish, allowDestroy: ['a'], plan: 'out' });
    expect(names(steps).slice(0, 7)).toEqual([
      'take-plan',
      'check-release',
      'init',
      'read-plan',
      'guard',
      'note',
      'apply',
    ]);
    expect(names(steps)).not.toContain('plan');
    expect(names(steps).slice(7)).toEqual(names(deploySteps(wish)).slice(6));
  });
});

describe('a smoke test alone', () => {
  it('reads the addresses and asks, of the release that must be out', () => {
    const steps = smokeSteps({ environment: 'staging', release: 'r3' });
    expect(names(steps)).toEqual(['check-release', 'init', 'addresses', 'smoke']);
    expect(steps.at(-1)).toMatchObject({ release: 'r3' });
  });
});

describe('a rollback', () => {
  const wishBack = { environment: 'dev', now: all('r3'), before: all('r2'), allowDestroy: [] } as const;

  it('is the inverse: pages first, then the back end that they may not need yet', () => {
    const steps = names(rollbackSteps(wishBack));
    expect(steps.indexOf('upload storefront index')).toBeLessThan(steps.indexOf('plan'));
    expect(steps.indexOf('upload storefront assets')).toBeLessThan(steps.indexOf('upload storefront index'));
    expect(steps.slice(-4)).toEqual(['guard', 'apply', 'smoke', 'note']);
  });

  it('takes back what the last deployment changed, and nothing else', () => {
    const before = all('r2');
    const now = { ...before, storefront: 'r3' };
    expect(changedParts(now, before)).toEqual(['storefront']);
    const steps = rollbackSteps({ ...wishBack, now, before });
    expect(names(steps)).not.toContain('plan');
    expect(names(steps).filter((name) => name.includes('admin'))).toEqual([]);
    expect(steps.at(-1)).toMatchObject({ do: 'note', after: before, history: 'drop-last' });
  });

  it('deploys each part from the release that it had', () => {
    const before = { functions: 'r1', storefront: 'r2', admin: 'r1' };
    const steps = rollbackSteps({ ...wishBack, now: all('r3'), before });
    const releases = steps.flatMap((step) => {
      if (step.do === 'plan') return [`functions ${step.release}`];
      return step.do === 'upload' && step.heap === 'index' ? [`${step.app} ${step.release}`] : [];
    });
    expect(releases).toEqual(['storefront r2', 'admin r1', 'functions r1']);
  });
});
