import { apis } from './apis.ts';
import { environments } from './environments.ts';
import { functionModules } from './functions.ts';
import type { Breakage } from './kind.ts';
import { monitoring } from './monitoring.ts';
import { pipeline } from './pipeline.ts';
import { shopModule } from './shop.ts';
import { siteModule } from './site.ts';
import { stores } from './stores.ts';

/** A planted breakage for each assertion and each expected failure of tests/*.tftest.hcl. run.ts fails on one without. */
export const breakages: readonly Breakage[] = [
  ...environments,
  ...shopModule,
  ...stores,
  ...functionModules,
  ...siteModule,
  ...apis,
  ...monitoring,
  ...pipeline,
];
