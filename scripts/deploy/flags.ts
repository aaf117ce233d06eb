/** What `npm run deploy`, `npm run rollback` and `npm run smoke` were asked for. Pure. */
import { parseArgs } from 'node:util';
import type { App, Environment } from './plan.ts';

type Command = 'deploy' | 'rollback' | 'smoke';

export type Wish = {
  readonly command: Command;
  readonly environment: Exclude<Environment, 'local'>;
  readonly app: App | 'all';
  readonly release: string;
  readonly dryRun: boolean;
  readonly allowDestroy: readonly string[];
  /** Where to keep a plan that is not applied now. */
  readonly planOut: string | undefined;
  /** Where the plan lies that is applied as it is. */
  readonly plan: string | undefined;
  /** The bucket of the environment's state, which keeps the releases too. */
  readonly stateBucket: string | undefined;
  readonly region: string;
};

/** A flag is wrong: exit code 2, with the flag's name. */
export class FlagInvalid extends Error {
  readonly code = 'flag-invalid';
}

const usage: Readonly<Record<Command, string>> = {
  deploy:
    'Usage: npm run deploy -- dev|staging|prod [--app storefront|admin|all] [--release DIR] [--plan-out DIR | --plan DIR] [--dry-run] [--allow-destroy ADDRESS] [--state-bucket NAME]',
  rollback: 'Usage: npm run rollback -- dev|staging|prod [--dry-run] [--allow-destroy ADDRESS] [--state-bucket NAME]',
  smoke: 'Usage: npm run smoke -- dev|staging|prod [--release DIR] [--dry-run] [--state-bucket NAME]',
};

/** What each command does not take, and why. */
const strangers: Readonly<Record<Command, { readonly flags: readonly Flag[]; readonly why: string }>> = {
  deploy: { flags: [], why: '' },
  rollback: {
    flags: ['app', 'release', 'plan-out', 'plan'],
    why: 'it takes back what the last deployment did',
  },
  smoke: {
    flags: ['app', 'plan-out', 'plan', 'allow-destroy'],
    why: 'it asks what is out there, and changes nothing',
  },
};

/** Reads the arguments; throws FlagInvalid with a sentence. */
export const readFlags = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): Wish => {
  const [command, ...rest] = args;
  if (command !== 'deploy' && command !== 'rollback' && command !== 'smoke') throw new FlagInvalid(usage.deploy);
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
  const stranger = strangers[command].flags.find((flag) => values[flag] !== undefined);
  if (stranger !== undefined)
    throw new FlagInvalid(`${command} takes no --${stranger}: ${strangers[command].why}. ${usage[command]}`);
  refuseWrongPlan(values);
  return {
    command,
    environment,
    app,
    release: values.release ?? '.penstock/release',
    dryRun: values['dry-run'] === true,
    allowDestroy: values['allow-destroy'] ?? [],
    planOut: values['plan-out'],
    plan: values.plan,
    stateBucket: values['state-bucket'] ?? env.PENSTOCK_STATE_BUCKET,
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'eu-west-2',
  };
};

const options = {
  app: { type: 'string' },
  release: { type: 'string' },
  'plan-out': { type: 'string' },
  plan: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'allow-destroy': { type: 'string', multiple: true },
  'state-bucket': { type: 'string' },
} as const;
type Flag = keyof typeof options;

const parse = (command: Command, args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new FlagInvalid(`${error instanceof Error ? error.message : String(error)} ${usage[command]}`);
  }
};

const refuseWrongPlan = (values: ReturnType<typeof parse>['values']): void => {
  const { plan, app = 'all' } = values;
  const planOut = values['plan-out'];
  if (plan !== undefined && planOut !== undefined)
    throw new FlagInvalid('--plan-out makes a plan and --plan applies one: give one of them.');
  if ((plan !== undefined || planOut !== undefined) && app !== 'all')
    throw new FlagInvalid(
      `--app ${app} plans nothing: a site is deployed without Terraform. Leave --plan or --app out.`,
    );
  if (plan !== undefined && values['allow-destroy'] !== undefined)
    throw new FlagInvalid('--allow-destroy was named when the plan was made: a plan is applied as it was read.');
};
