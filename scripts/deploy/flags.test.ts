import { describe, expect, it } from 'vitest';
import { readFlags } from './flags.ts';
import { adviceOf, exitCodes } from './outcome.ts';

describe('the flags of deploy and rollback', () => {
  it('know what each stands for when it is left out', () => {
    expect(readFlags(['deploy', 'dev'], {})).toEqual({
      command: 'deploy',
      environment: 'dev',
      app: 'all',
      release: '.penstock/release',
      dryRun: false,
      allowDestroy: [],
      planOut: undefined,
      plan: undefined,
      stateBucket: undefined,
      region: 'eu-west-2',
    });
  });

  it('take one app, several addresses, and the bucket of the environment', () => {
    const args = ['deploy', 'prod', '--app', 'admin', '--allow-destroy', 'a', '--allow-destroy', 'b', '--dry-run'];
    expect(readFlags(args, { PENSTOCK_STATE_BUCKET: 'state', AWS_REGION: 'eu-west-1' })).toMatchObject({
      app: 'admin',
      dryRun: true,
      allowDestroy: ['a', 'b'],
      stateBucket: 'state',
      region: 'eu-west-1',
    });
  });

  it('take the folder of a plan that is made or applied, and a smoke test of a release', () => {
    expect(readFlags(['deploy', 'prod', '--plan-out', 'p'], {})).toMatchObject({ planOut: 'p', plan: undefined });
    expect(readFlags(['deploy', 'prod', '--plan', 'p'], {})).toMatchObject({ planOut: undefined, plan: 'p' });
    expect(readFlags(['smoke', 'staging', '--release', 'r'], {})).toMatchObject({ command: 'smoke', release: 'r' });
  });

  it.each([
    [['deploy'], 'No environment was named.'],
    [['deploy', 'production'], '"production" is no environment.'],
    [['deploy', 'local'], '"local" is no environment.'],
    [['deploy', 'dev', 'prod'], '"prod" is one word too many.'],
    [['deploy', 'dev', '--app', 'shop'], '--app is "shop"'],
    [['deploy', 'dev', '--force'], "Unknown option '--force'"],
    [['rollback', 'dev', '--app', 'admin'], 'rollback takes no --app'],
    [['rollback', 'dev', '--plan', 'p'], 'rollback takes no --plan'],
    [['smoke', 'dev', '--plan-out', 'p'], 'smoke takes no --plan-out'],
    [['smoke', 'dev', '--allow-destroy', 'a'], 'smoke takes no --allow-destroy'],
    [['deploy', 'dev', '--plan', 'p', '--plan-out', 'p'], 'give one of them'],
    [['deploy', 'dev', '--plan-out', 'p', '--app', 'admin'], '--app admin plans nothing'],
    [['deploy', 'dev', '--plan', 'p', '--allow-destroy', 'a'], 'named when the plan was made'],
  ])('refuse %j with a sentence that names it', (args, sentence) => {
    expect(() => readFlags(args, {})).toThrow(sentence);
  });
});

describe('a deployment that stopped', () => {
  const deploy = { command: 'deploy', environment: 'prod' } as const;

  it('names the rollback when the smoke test failed, with an exit code of its own', () => {
    expect(adviceOf(deploy, { changed: true, kind: 'smoke-failed' })).toContain('npm run rollback -- prod');
    expect(exitCodes['smoke-failed']).toBe(8);
  });

  it('asks for another plan when the one it was given may not be applied, with an exit code of its own', () => {
    expect(adviceOf(deploy, { changed: false, kind: 'plan-refused' })).toContain('--plan-out');
    expect(exitCodes['plan-refused']).toBe(9);
    const back = adviceOf({ command: 'rollback', environment: 'dev' }, { changed: true, kind: 'plan-refused' });
    expect(back).toContain('Run it again');
  });

  it('changed nothing when it was a smoke test', () => {
    const advice = adviceOf({ command: 'smoke', environment: 'dev' }, { changed: false, kind: 'smoke-failed' });
    expect(advice).toContain('Nothing of dev was changed');
  });

  it('says that nothing was changed when nothing was', () => {
    expect(adviceOf(deploy, { changed: false, kind: 'plan-forbidden' })).toBe('Nothing of prod was changed.');
  });
});
