/** Terraform as the scripts of this repository call it: an optional tool, found on the PATH, with providers of its own or of a folder. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type TerraformRun = { readonly ok: boolean; readonly text: string };

/** What Terraform is started with. A CLI configuration that is not there only makes it warn into what is read here. */
export const terraformEnvironment = (): NodeJS.ProcessEnv => {
  const { TF_CLI_CONFIG_FILE: config, ...rest } = process.env;
  return config !== undefined && existsSync(config) ? process.env : rest;
};

/** Whether there is a Terraform at all. */
export const hasTerraform = (): boolean => spawnSync('terraform', ['version']).status === 0;

/** Runs Terraform in a folder, ten minutes at most, and answers what it said. */
export const terraform = (cwd: string, ...args: readonly string[]): TerraformRun => {
  const run = spawnSync('terraform', args, {
    cwd,
    encoding: 'utf8',
    env: terraformEnvironment(),
    maxBuffer: 256 * 1024 * 1024,
    timeout: 600_000,
  });
  return { ok: run.status === 0, text: `${run.stdout ?? ''}${run.stderr ?? ''}` };
};

/** The same without blocking, with stdout alone in `out`; `signal` ends it the way Ctrl-C does, so that the state is written. */
export const terraformAsync = (
  options: {
    readonly cwd: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly signal?: AbortSignal;
    readonly onText?: (text: string) => void;
  },
  ...args: readonly string[]
): Promise<TerraformRun & { readonly out: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn('terraform', args, {
      cwd: options.cwd,
      env: options.env ?? terraformEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => child.kill('SIGINT');
    options.signal?.addEventListener('abort', stop, { once: true });
    let text = '';
    let out = '';
    const take = (chunk: string) => {
      text += chunk;
      options.onText?.(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stdout.on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', reject);
    child.once('close', (code) => {
      options.signal?.removeEventListener('abort', stop);
      resolve({ ok: code === 0, text, out });
    });
  });

/**
 * A folder of providers, if this machine has one that Terraform would not find by itself: the one that
 * PENSTOCK_TF_PLUGIN_DIR names, else a mirror right below /opt.
 */
export const pluginDir = (): string | undefined => {
  const { env } = process;
  if (env.PENSTOCK_TF_PLUGIN_DIR !== undefined) return env.PENSTOCK_TF_PLUGIN_DIR;
  const folders = existsSync('/opt') ? readdirSync('/opt').map((name) => join('/opt', name)) : [];
  return folders.find((folder) => existsSync(join(folder, 'registry.terraform.io/hashicorp/aws')));
};

/** The arguments of `init` that name such a folder. */
export const pluginArguments = (plugins: string | undefined): readonly string[] =>
  plugins === undefined ? [] : [`-plugin-dir=${plugins}`];

/** `init` said that it found no provider: nothing is wrong with the configuration, the machine has no network. */
export const lacksProvider = (text: string): boolean => /Failed to (query available|install) provider/.test(text);
