/** The Terraform half of a deployment: one root, one plan file, the outputs of its state. */
import { copyFileSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pluginArguments, pluginDir, terraformAsync, terraformEnvironment } from '../terraform-tool.ts';
import { PlanRefused, planFiles } from './kept-plan.ts';
import type { Hands } from './run-steps.ts';
import type { Addresses } from './sites.ts';

export type TerraformOptions = {
  /** The root, such as terraform/live/dev. */
  readonly root: string;
  /** What `init` needs besides: the backend's bucket and region. */
  readonly backend: readonly string[];
  /** Variables of the root, besides the release's. */
  readonly variables: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onText?: (text: string) => void;
};

/**
 * Where a root finds the zips, whatever folder and machine they lie on: a kept plan names its zips by this path, and a release
 * that lies elsewhere is no change of a function.
 */
const zipsLink = '.terraform/release';

/** Runs Terraform for the steps; a failure is thrown with what Terraform says is wrong. */
export const makeTerraformHands = (options: TerraformOptions): Hands['terraform'] => {
  const { root } = options;
  const planFile = join(root, 'deploy.tfplan');
  const lockFile = join(root, '.terraform.lock.hcl');
  const run = async (...args: readonly string[]): Promise<{ readonly out: string }> => {
    const ran = await terraformAsync(
      {
        cwd: root,
        env: { ...terraformEnvironment(), TF_IN_AUTOMATION: '1', ...options.env },
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        // What is read here is nothing to read for people, and long.
        ...(options.onText === undefined || !spoken.includes(args[0] ?? '') ? {} : { onText: options.onText }),
      },
      ...args,
    );
    if (ran.ok) return ran;
    const message = `terraform ${args[0]} failed:\n${errorsOf(ran.text)}`;
    throw isStale(ran.text) ? new PlanRefused(message) : new Error(message);
  };
  const link = (zips: string): void => {
    const path = join(root, zipsLink);
    mkdirSync(join(path, '..'), { recursive: true });
    rmSync(path, { recursive: true, force: true });
    symlinkSync(resolve(zips), path);
  };
  const showPlan = async (): Promise<unknown> => JSON.parse((await run('show', '-json', planFile)).out) as unknown;
  return {
    init: async () => {
      await run('init', '-input=false', '-no-color', ...pluginArguments(pluginDir()), ...options.backend);
    },
    plan: async (zips, release) => {
      link(zips);
      await run(
        'plan',
        // A person who holds the lock for seconds ends no queued run.
        '-lock-timeout=5m',
        '-input=false',
        '-no-color',
        `-out=${planFile}`,
        `-var=release_dir=${zipsLink}`,
        `-var=release=${release}`,
        ...options.variables,
      );
      return showPlan();
    },
    keepPlan: async (folder) => {
      const { out } = await run('show', '-no-color', planFile);
      copyFileSync(planFile, join(folder, planFiles.plan));
      copyFileSync(lockFile, join(folder, planFiles.lock));
      rmSync(planFile, { force: true });
      return out;
    },
    takePlan: async (folder) => {
      copyFileSync(join(folder, planFiles.plan), planFile);
      copyFileSync(join(folder, planFiles.lock), lockFile);
    },
    readPlan: async (zips) => {
      link(zips);
      return showPlan();
    },
    state: async () => {
      const { out } = await run('state', 'pull');
      if (out.trim() === '') return 'none';
      const { lineage, serial } = JSON.parse(out) as { lineage: string; serial: number };
      return `${lineage} ${serial}`;
    },
    apply: async () => {
      await run('apply', '-lock-timeout=5m', '-input=false', '-no-color', planFile);
      // A plan file holds what its variables say: it is of no use any more.
      rmSync(planFile, { force: true });
    },
    addresses: async () => {
      const { out } = await run('output', '-json', 'addresses');
      return JSON.parse(out) as Addresses;
    },
  };
};

/** Commands whose text is for people. */
const spoken: readonly string[] = ['init', 'plan', 'apply'];

/** Terraform compares lineage and serial of the state with those in the plan, right before it changes anything. */
const isStale = (text: string): boolean => /Saved plan (is stale|does not match)/.test(text);

/** What Terraform says went wrong, without the rest. */
const errorsOf = (text: string): string => {
  const at = text.search(/^Error: /m);
  return (at < 0 ? text.slice(-2000) : text.slice(at, at + 4000)).trim();
};
