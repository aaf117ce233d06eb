/** What `npm run deploy` and `npm run rollback` were asked for. Pure. */
import { parseArgs } from 'node:util';
import type { App, Environment } from './plan.ts';

export type Wish = {
  readonly command: 'deploy' | 'rollback';
  readonly environment: Exclude<Environment, 'local'>;
  readonly app: App | 'all';
  readonly release: string;
  readonly dryRun: boolean;
  readonly allowDestroy: readonly string[];
  /** The bucket of the environment's state, which keeps the releases too. */
  readonly stateBucket: string | undefined;
  readonly region: string;
};

/** A flag is wrong: exit code 2, with the flag's name. */
export class FlagInvalid extends Error {
  readonly code = 'flag-invalid';
}

const usage = {
  deploy:
    'Usage: npm run deploy -- dev|staging|prod [--app storefront|admin|all] [--release DIR] [--dry-run] [--allow-destroy ADDRESS] [--state-bucket NAME]',
  rollback: 'Usage: npm run rollback -- dev|staging|prod [--dry-run] [--allow-destroy ADDRESS] [--state-bucket NAME]',
};

/** Reads the arguments; throws FlagInvalid with a sentence. */
export const readFlags = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): Wish => {
  const [command, ...rest] = args;
  if (command !== 'deploy' && command !== 'rollback') throw new FlagInvalid(usage.deploy);
  const { values, positionals } = parse(command, rest);
  const [environment, ...more] = positionals;
  if (environment !== 'dev' && environment !== 'staging' && environment !== 'prod')
    throw new FlagInvalid(
      `${environment === undefined ? 'No environment was named.' : `"${environment}" is no environment.`} ${usage[command]}`,
    );
  if (more.length > 0) throw new FlagInvalid(`"${more[0]}" is one word too many. ${usage[command]}`);
  const { app = 'all' } = values;
  if (app !== 'storefront' && app !== 'admin' && app !== 'all')
    throw new FlagInvalid(`--app is "${app}"; it must be storefront, admin or all.`);
  if (command === 'rollback' && (values.app !== undefined || values.release !== undefined))
    throw new FlagInvalid(
      `rollback takes no --app and no --release: it takes back what the last deployment did. ${usage.rollback}`,
    );
  return {
    command,
    environment,
    app,
    release: values.release ?? '.penstock/release',
    dryRun: values['dry-run'] === true,
    allowDestroy: values['allow-destroy'] ?? [],
    stateBucket: values['state-bucket'] ?? env.PENSTOCK_STATE_BUCKET,
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'eu-west-2',
  };
};

const parse = (command: 'deploy' | 'rollback', args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        app: { type: 'string' },
        release: { type: 'string' },
        'dry-run': { type: 'boolean' },
        'allow-destroy': { type: 'string', multiple: true },
        'state-bucket': { type: 'string' },
      },
    });
  } catch (error) {
    throw new FlagInvalid(`${error instanceof Error ? error.message : String(error)} ${usage[command]}`);
  }
};
