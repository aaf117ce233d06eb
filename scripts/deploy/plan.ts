/** What a deployment and a rollback consist of: a list of steps, pure data, printed by --dry-run and run by run-steps.ts. */

export type Environment = 'dev' | 'staging' | 'prod' | 'local';
export type App = 'storefront' | 'admin';
/** What is deployed on its own: the back end with its infrastructure, and each site. */
type Part = 'functions' | App;

export type Step = { readonly says: string } & (
  | { readonly do: 'check-release'; readonly release: string }
  | { readonly do: 'init' }
  | { readonly do: 'plan'; readonly release: string }
  | { readonly do: 'guard'; readonly allowDestroy: readonly string[] }
  | {
      readonly do: 'keep-plan';
      readonly folder: string;
      readonly release: string;
      readonly allowDestroy: readonly string[];
    }
  | { readonly do: 'take-plan'; readonly folder: string; readonly release: string }
  | { readonly do: 'read-plan'; readonly folder: string; readonly release: string }
  | { readonly do: 'apply' }
  | { readonly do: 'addresses' }
  | { readonly do: 'config'; readonly app: App }
  | { readonly do: 'upload'; readonly app: App; readonly release: string; readonly heap: 'assets' | 'pages' | 'index' }
  | { readonly do: 'invalidate'; readonly app: App }
  /** `release`: what must be out there, when no earlier step has put it there. */
  | { readonly do: 'smoke'; readonly apps: readonly App[]; readonly release?: string }
  | { readonly do: 'note'; readonly after: Deployed; readonly history: 'append' | 'drop-last' }
  | { readonly do: 'sweep'; readonly app: App; readonly releases: readonly string[] }
);

/** The release that each part of an environment runs; a part that was never deployed is absent. */
export type Deployed = Readonly<Partial<Record<Part, string>>>;

export type DeployWish = {
  readonly environment: Environment;
  readonly app: App | 'all';
  /** Id of the release to deploy. */
  readonly release: string;
  /** What the environment ran, newest last. */
  readonly history: readonly Deployed[];
  /** Addresses of stateful resources that the plan may delete or replace. */
  readonly allowDestroy: readonly string[];
  /** The folder of a plan that was made before, and is applied as it is. */
  readonly plan?: string;
};

/** What a browser may have kept of a site and must ask for again. */
export const invalidatedPaths = (app: App): readonly string[] => [
  '/index.html',
  '/config.json',
  ...(app === 'storefront' ? ['/developers/*'] : []),
];

/** The steps of a deployment: the back end first, because the new pages may need it; of a site index.html last. */
export const deploySteps = (wish: DeployWish): readonly Step[] => {
  const { environment, release, history } = wish;
  const apps = appsOf(wish.app);
  const hasBackEnd = wish.app === 'all';
  const after: Deployed = {
    ...history.at(-1),
    ...(hasBackEnd ? { functions: release } : {}),
    ...Object.fromEntries(apps.map((app) => [app, release])),
  };
  return [
    ...(wish.plan === undefined ? [] : [takePlan(wish.plan, release)]),
    checkRelease(release),
    init(environment),
    // The history is written before anything changes, so that whatever fails from then on can be rolled back.
    ...(hasBackEnd
      ? [
          ...(wish.plan === undefined
            ? planned(environment, release, wish.allowDestroy)
            : [readPlan(wish.plan, release), guard(wish.allowDestroy)]),
          note(after, 'append'),
          apply,
          addresses(environment),
        ]
      : [addresses(environment), note(after, 'append')]),
    ...apps.flatMap((app) => site(app, release)),
    smoke(apps),
    ...apps.map((app) =>
      sweep(app, release, history.findLast((ran) => ran[app] !== undefined && ran[app] !== release)?.[app]),
    ),
  ];
};

export type PlanWish = Pick<DeployWish, 'environment' | 'release' | 'allowDestroy'> & {
  /** Where the plan is kept. */
  readonly folder: string;
};

/** The steps of a plan that somebody reads before it is applied: changes nothing. */
export const planSteps = ({ environment, release, allowDestroy, folder }: PlanWish): readonly Step[] => [
  checkRelease(release),
  init(environment),
  ...planned(environment, release, allowDestroy),
  {
    do: 'keep-plan',
    folder,
    release,
    allowDestroy,
    says: `write the plan, its text, and what it was made for (environment, release, SHA-256 of the manifest) to ${folder}`,
  },
];

/** The steps of a smoke test alone: what a deployment asks at its end, of a release that is out. */
export const smokeSteps = ({ environment, release }: Pick<DeployWish, 'environment' | 'release'>): readonly Step[] => [
  checkRelease(release),
  init(environment),
  addresses(environment),
  { ...smoke(['storefront', 'admin']), release },
];

export type RollbackWish = {
  readonly environment: Environment;
  readonly now: Deployed;
  readonly before: Deployed;
  readonly allowDestroy: readonly string[];
};

/** The steps back to what ran before: the inverse, so sites first (old pages live with a new back end, D3), then the back end. */
export const rollbackSteps = ({ environment, now, before, allowDestroy }: RollbackWish): readonly Step[] => {
  const changed = changedParts(now, before);
  const apps = changed.filter((part): part is App => part !== 'functions');
  const releases = [...new Set(changed.flatMap((part) => before[part] ?? []))];
  const functions = changed.includes('functions') ? before.functions : undefined;
  return [
    ...releases.map(
      (release): Step => ({
        do: 'check-release',
        release,
        says: `fetch release ${release} from where releases are kept, and compare every file with its manifest`,
      }),
    ),
    init(environment),
    addresses(environment),
    ...apps.flatMap((app) => (before[app] === undefined ? [] : site(app, before[app]))),
    ...(functions === undefined ? [] : [...planned(environment, functions, allowDestroy), apply]),
    smoke(apps.length === 0 ? ['storefront', 'admin'] : apps),
    note(before, 'drop-last'),
  ];
};

/** Parts whose release is another one before; a part that did not exist before stays. */
export const changedParts = (now: Deployed, before: Deployed): readonly Part[] =>
  (['functions', 'storefront', 'admin'] as const).filter(
    (part) => before[part] !== undefined && before[part] !== now[part],
  );

/** What a dry run prints. */
export const describe = (steps: readonly Step[]): string =>
  steps.map(({ says }, index) => `${String(index + 1).padStart(2)}. ${says}`).join('\n');

const appsOf = (app: App | 'all'): readonly App[] => (app === 'all' ? ['storefront', 'admin'] : [app]);

const checkRelease = (release: string): Step => ({
  do: 'check-release',
  release,
  says: `compare every file of release ${release} with its manifest`,
});

const init = (environment: Environment): Step => ({
  do: 'init',
  says: `terraform init in terraform/live/${environment}`,
});

const addresses = (environment: Environment): Step => ({
  do: 'addresses',
  says: `read the addresses of ${environment} from the outputs of its state`,
});

const planned = (environment: Environment, release: string, allowDestroy: readonly string[]): readonly Step[] => [
  { do: 'plan', release, says: `terraform plan of ${environment} with the zips of release ${release}` },
  guard(allowDestroy),
];

const guard = (allowDestroy: readonly string[]): Step => ({
  do: 'guard',
  allowDestroy,
  says: `refuse a plan that deletes or replaces a table, queue, bucket or stream${allowDestroy.length === 0 ? '' : `, but for ${allowDestroy.join(', ')}`}`,
});

const takePlan = (folder: string, release: string): Step => ({
  do: 'take-plan',
  folder,
  release,
  says: `take the plan of ${folder}; refuse it when it was made for another environment or release, or was altered`,
});

const readPlan = (folder: string, release: string): Step => ({
  do: 'read-plan',
  folder,
  release,
  says: 'read what that plan changes; refuse it when the state is not the one that it was made from',
});

const apply: Step = { do: 'apply', says: 'terraform apply of that very plan' };

const site = (app: App, release: string): readonly Step[] => [
  { do: 'config', app, says: `${app}: config.json with the addresses of this environment (no-cache)` },
  { do: 'upload', app, release, heap: 'assets', says: `${app}: hashed assets of release ${release} (immutable)` },
  { do: 'upload', app, release, heap: 'pages', says: `${app}: other files of release ${release} (no-cache)` },
  { do: 'upload', app, release, heap: 'index', says: `${app}: index.html of release ${release} (no-cache), last` },
  { do: 'invalidate', app, says: `${app}: invalidate ${invalidatedPaths(app).join(', ')} at CloudFront` },
];

const smoke = (apps: readonly App[]): Extract<Step, { do: 'smoke' }> => ({
  do: 'smoke',
  apps,
  says: `smoke test: ${apps.map((app) => (app === 'storefront' ? 'shop health, product list, index and its security headers' : 'back office index and its security headers')).join('; ')}`,
});

const note = (after: Deployed, history: 'append' | 'drop-last'): Step => ({
  do: 'note',
  after,
  history,
  says: `keep the release and note in the history: ${Object.entries(after)
    .map(([part, release]) => `${part} ${release}`)
    .join(', ')}`,
});

const sweep = (app: App, release: string, previous: string | undefined): Step => ({
  do: 'sweep',
  app,
  releases: previous === undefined ? [release] : [release, previous],
  says: `${app}: delete assets that neither this release nor the one before${previous === undefined ? '' : ` (${previous})`} names`,
});
