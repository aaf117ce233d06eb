import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCommand } from '../../loadtest/src/command-line.ts';
import { planOf } from '../../loadtest/src/plan.ts';
import { addressOf, readTarget, refuseImpossible, requireConfirmation } from '../../loadtest/src/remote/guard.ts';
import { planFiles } from '../../scripts/deploy/kept-plan.ts';
import { type Checkout, makeCheckout, secrets } from './build-checkout.ts';
import {
  type Buildspec,
  type Built,
  build,
  commandsOf,
  faultsOf,
  pipeline,
  readBuildspec,
  repository,
  type Stage,
  stages,
  strangersIn,
  type World,
} from './build-project.ts';

const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { scripts: object };
const world: World = {
  exists: (path) => existsSync(join(repository, path)),
  scripts: new Set(Object.keys(scripts)),
};

describe('every buildspec', () => {
  it('is of an action of the pipeline, and no action lacks one', () => {
    const found = readdirSync(join(repository, pipeline)).filter((name) => name.endsWith('.yml'));
    expect(found).toEqual([...stages].sort().map((stage) => `buildspec.${stage}.yml`));
  });

  it.each(stages)('of %s calls commands of this project alone', (stage) => {
    expect(faultsOf(readBuildspec(stage), world)).toEqual([]);
  });

  const withCommand = (command: string): Buildspec => ({
    version: 0.2,
    env: { shell: 'bash' },
    phases: { build: { commands: [command] } },
  });
  it.each([
    ['a command of somebody else', 'curl https://example.com', 'no command of this project'],
    ['a script that is gone', 'npm run gone', 'no command of this project'],
    ['a file that is gone', 'bash terraform/pipeline/gone', 'no command of this project'],
    ['a failure that is hidden', 'npm run release || true', 'no command of this project'],
    ['a foreign command behind our role', 'bash terraform/pipeline/as-deployer env', 'no command of this project'],
    ['a variable that nobody gives', 'npm run deploy -- "$ENVIRONMENT"', 'reads ENVIRONMENT'],
  ])('is caught with %s', (_what, command, sentence) => {
    expect(faultsOf(withCommand(command), world).join()).toContain(sentence);
  });

  it('is caught with a phase that runs after a failure, secrets in its environment, or another version', () => {
    const spec = withCommand('npm run release');
    expect(faultsOf(spec, world)).toEqual([]);
    expect(faultsOf({ ...spec, phases: { ...spec.phases, post_build: { commands: [] } } }, world)).toHaveLength(1);
    expect(faultsOf({ ...spec, env: { shell: 'bash', variables: { KEY: 'x' } } }, world)).toHaveLength(1);
    expect(faultsOf({ ...spec, version: 0.1 }, world)).toHaveLength(1);
  });

  it('and every script beside it fails on a failure, and reads only what it is given', () => {
    const named = readdirSync(join(repository, pipeline)).filter((name) => !name.endsWith('.yml'));
    const called = stages.flatMap((stage) => commandsOf(readBuildspec(stage))).join('\n');
    for (const name of named) {
      const text = readFileSync(join(repository, pipeline, name), 'utf8');
      expect(text).toContain('\nset -euo pipefail\n');
      expect(strangersIn(text.replaceAll(/AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)/g, ''))).toEqual([]);
      expect(called).toContain(`bash ${pipeline}/${name}`);
    }
  });
});

const hasTools = spawnSync('bash', ['-c', 'command -v unzip']).status === 0;

describe.skipIf(!hasTools)('a build', () => {
  let checkout: Checkout;
  beforeEach(() => {
    checkout = makeCheckout();
  });
  afterEach(() => checkout.remove());

  const run = (stage: Stage, env: Readonly<Record<string, string>> = {}): Built =>
    build(readBuildspec(stage), checkout.folder, { ...checkout.env, ...env });
  /** Calls without the addresses of this machine. */
  const calls = () => checkout.record().map((line) => line.replaceAll(checkout.release, 'RELEASE'));
  const beginning = [
    'curl --fail --silent --show-error --location --proto =https --retry 3 --output .penstock/tools/terraform/terraform.zip https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_linux_amd64.zip [own role]',
    'terraform version [own role]',
    'npm ci --no-audit --no-fund [own role]',
    'aws sts assume-role --role-arn arn:aws:iam::111122223333:role/penstock-deploy --role-session-name penstock-dev --query Credentials.[AccessKeyId,SecretAccessKey,SessionToken] --output text [own role]',
  ];
  /** Secrets that a build's log shows. */
  const leaks = ({ text }: Built) => Object.values(secrets).filter((secret) => text.includes(secret));

  it('checks everything with the pinned Terraform, then hands over exactly what the release consists of', () => {
    const built = run('build');
    expect(built).toMatchObject({ status: 0 });
    expect(calls().slice(1)).toEqual([
      'terraform version [own role]',
      'run  [own role]',
      'terraform version [own role]',
      'npm run release [own role]',
    ]);
    const manifest = readFileSync(join(checkout.folder, '.penstock/release/manifest.json'), 'utf8');
    const { files } = JSON.parse(manifest) as { files: object };
    expect(Object.keys(files)).toContain('functions/shop.zip');
    expect(built.artefact).toEqual([...Object.keys(files), 'manifest.json'].sort());
  });

  it('deploys the release as the role of its environment, which it takes after the packages are installed', () => {
    const built = run('deploy');
    expect(built).toMatchObject({ status: 0 });
    expect(calls()).toEqual([...beginning, `npm run --silent deploy -- dev --release RELEASE [${secrets.key}]`]);
    expect(leaks(built)).toEqual([]);
  });

  it('is caught when it shows what it was lent', () => {
    const path = join(checkout.folder, pipeline, 'as-deployer');
    writeFileSync(path, readFileSync(path, 'utf8').replace('exec "$@"', 'env\nexec "$@"'));
    expect(leaks(run('deploy'))).toEqual(Object.values(secrets));
  });

  it('says so when AWS lends nothing, and goes no further', () => {
    writeFileSync(join(checkout.env.HOME ?? '', 'bin/aws'), '#!/usr/bin/env bash\n');
    const built = run('deploy');
    expect(built.status).toBe(1);
    expect(built.text).toContain('without the three parts');
    expect(calls().at(-1)).toContain('npm ci');
  });

  it('of prod applies the plan that was approved, and nothing else', () => {
    expect(run('deploy', { PENSTOCK_ENVIRONMENT: 'prod', CODEBUILD_SRC_DIR_plan: 'PLAN' })).toMatchObject({
      status: 0,
    });
    expect(calls().at(-1)).toBe(`npm run --silent deploy -- prod --release RELEASE --plan PLAN [${secrets.key}]`);

    const built = run('deploy', { PENSTOCK_ENVIRONMENT: 'prod' });
    expect(built.status).not.toBe(0);
    expect(built.text).toContain('prod is deployed by an approved plan');
    expect(calls().at(-1)).toContain('aws sts');
  });

  it('of a plan shows it, and hands over exactly what --plan reads', () => {
    const built = run('plan', { PENSTOCK_ENVIRONMENT: 'prod' });
    expect(built).toMatchObject({ status: 0 });
    expect(built.artefact).toEqual(Object.values(planFiles).sort());
    expect(built.text).toContain('Plan of prod with release');
    expect(built.text).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
    expect(leaks(built)).toEqual([]);
    expect(
      calls()
        .filter((call) => call.startsWith('terraform'))
        .map((call) => call.split(' ')[1]),
    ).toEqual([...['version', 'version', 'init', 'plan', 'show', 'show', 'state']]);
  });

  it('of a plan that deletes a table ends with 7 and hands over nothing, unless the table is named', () => {
    checkout.remove();
    const address = 'module.shop.module.table["orders"].aws_dynamodb_table.this';
    checkout = makeCheckout({
      format_version: '1.2',
      resource_changes: [{ address, type: 'aws_dynamodb_table', change: { actions: ['delete'] } }],
    });
    const built = run('plan', { PENSTOCK_ENVIRONMENT: 'prod' });
    expect(built).toMatchObject({ status: 7, artefact: [] });
    expect(built.text).toContain(`would delete ${address}`);
    expect(existsSync(join(checkout.folder, '.penstock/plan/plan.tfplan'))).toBe(false);

    const named = run('plan', {
      PENSTOCK_ENVIRONMENT: 'prod',
      PENSTOCK_ALLOW_DESTROY: `other ${address.replaceAll('"', "'")}`,
    });
    expect(named).toMatchObject({ status: 0 });
    expect(named.text).toContain('MAY BE DELETED OR REPLACED');
  });

  it('of staging is asked, then loaded without credentials at the address that was found, as the guards want it', () => {
    expect(run('smoke', { PENSTOCK_ENVIRONMENT: 'staging' })).toMatchObject({ status: 0 });
    const [smoke, load = ''] = calls().slice(-2);
    expect(smoke).toBe(`npm run --silent smoke -- staging --release RELEASE [${secrets.key}]`);
    expect(load).toMatch(/ \[own role\]$/);
    const command = readCommand(load.replace(/^.* -- | \[.*$/g, '').split(' '));
    expect(command).toMatchObject({ does: 'run', journey: 'writes', profile: 'smoke', capacity: 50 });
    if (command.does !== 'run') throw new TypeError('No run was asked for.');
    const { target = '', journey, profile, confirm } = command;
    const url = readTarget(target);
    const plan = planOf({ journey, profile, seed: 1, capacity: 50, shopApiUrl: addressOf(url), socketUrl: '' });
    expect(() => refuseImpossible(plan)).not.toThrow();
    expect(() => requireConfirmation(url, confirm, plan)).not.toThrow();
  });

  it.each([
    [0, 0],
    [20, 20],
    [21, 0],
    [22, 0],
    [1, 1],
  ])('of staging whose load ends with %i ends with %i: times do not bind there, correctness does', (code, status) => {
    const env = { PENSTOCK_ENVIRONMENT: 'staging', LOADTEST_EXIT: String(code) };
    expect(run('smoke', env).status).toBe(status);
  });

  it('never loads another environment than staging', () => {
    const built = run('smoke', { PENSTOCK_ENVIRONMENT: 'prod' });
    expect(built.status).toBe(1);
    expect(built.text).toContain('real orders are placed on staging alone');
  });

  it('refuses a Terraform whose zip is another one, and runs nothing of it', () => {
    for (const stage of stages) {
      const built = run(stage, { TERRAFORM_SHA256: '0'.repeat(64) });
      expect(built.ran).toHaveLength(1);
      expect(built.status).toBe(1);
      expect(built.text).toContain('It is not used.');
    }
    expect(calls().filter((call) => !call.startsWith('curl'))).toEqual([]);
    expect(existsSync(join(checkout.folder, '.penstock/tools/terraform/terraform'))).toBe(false);
  });

  it.each([
    ['build', 'run ', 2],
    ['build', 'npm run release', 3],
    ['deploy', 'curl', 1],
    ['deploy', 'npm ci', 2],
    ['deploy', 'aws', 3],
    ['deploy', 'npm run --silent deploy', 3],
    ['plan', 'terraform plan', 3],
    ['smoke', 'npm run --silent smoke', 3],
  ] as const)('of %s stops when "%s" fails, and hands over nothing', (stage, failing, count) => {
    const built = run(stage, { FAIL: failing });
    expect(built.status).not.toBe(0);
    expect(built.ran).toHaveLength(count);
    expect(built.artefact).toEqual([]);
    expect(built.text).toContain('as planted');
  });

  it.each([
    ['deploy', 'PENSTOCK_DEPLOY_ROLE', 'name the role'],
    ['deploy', 'CODEBUILD_SRC_DIR_release', 'no artefact "release"'],
    ['plan', 'PENSTOCK_STATE_BUCKET', 'Name the bucket of the state'],
    ['build', 'TERRAFORM_SHA256', 'name the SHA-256'],
  ] as const)('of %s without %s says so', (stage, name, sentence) => {
    const { [name]: _left, ...env } = checkout.env;
    const built = build(readBuildspec(stage), checkout.folder, env as Readonly<Record<string, string>>);
    expect(built.status).not.toBe(0);
    expect(built.text).toContain(sentence);
  });
});
