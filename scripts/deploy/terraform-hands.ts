/** The Terraform half of a deployment: one root, one plan file, the outputs of its state. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pluginArguments, pluginDir, terraformAsync, terraformEnvironment } from '../terraform-tool.ts';
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

/** Runs Terraform for the steps; a failure is thrown with what Terraform says is wrong. */
export const makeTerraformHands = (options: TerraformOptions): Hands['terraform'] => {
  const { root } = options;
  const planFile = join(root, 'deploy.tfplan');
  const run = async (...args: readonly string[]): Promise<{ readonly out: string }> => {
    const ran = await terraformAsync(
      {
        cwd: root,
        env: { ...terraformEnvironment(), TF_IN_AUTOMATION: '1', ...options.env },
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        ...(options.onText === undefined ? {} : { onText: options.onText }),
      },
      ...args,
    );
    if (!ran.ok) throw new Error(`terraform ${args[0]} failed:\n${errorsOf(ran.text)}`);
    return ran;
  };
  return {
    init: async () => {
      await run('init', '-input=false', '-no-color', ...pluginArguments(pluginDir()), ...options.backend);
    },
    plan: async (zips, release) => {
      await run(
        'plan',
        '-input=false',
        '-no-color',
        `-out=${planFile}`,
        `-var=release_dir=${zips}`,
        `-var=release=${release}`,
        ...options.variables,
      );
      return JSON.parse((await run('show', '-json', planFile)).out) as unknown;
    },
    apply: async () => {
      await run('apply', '-input=false', '-no-color', planFile);
      // A plan file holds what its variables say: it is of no use any more.
      rmSync(planFile, { force: true });
    },
    addresses: async () => {
      const { out } = await run('output', '-json', 'addresses');
      return JSON.parse(out) as Addresses;
    },
  };
};

/** What Terraform says went wrong, without the rest. */
const errorsOf = (text: string): string => {
  const at = text.search(/^Error: /m);
  return (at < 0 ? text.slice(-2000) : text.slice(at, at + 4000)).trim();
};
