/**
 * A folder that looks like a build's: our own scripts as they are, and stand-ins for what cannot be had without an account, a
 * network or half an hour. Every stand-in writes what it was called with, and as whom, into a record.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { manifestOf } from '../../scripts/release.ts';
import { pipeline, repository } from './build-project.ts';

export const secrets = { key: 'ASIALENT', secret: 'lent-secret', token: 'lent-token' } as const;

const note = `echo "$(basename "$0") $* [\${AWS_ACCESS_KEY_ID:-own role}]" >> "$RECORD"\n`;
const fail =
  'case "$(basename "$0") $*" in "$FAIL"*) [ -z "$FAIL" ] || { echo "$0 fails as planted" >&2; exit 3; } ;; esac\n';
const program = (text: string) => `#!/usr/bin/env bash\n${note}${fail}${text}`;

/** Terraform plans one change, or what PLAN_JSON says. */
const terraform = program(`case "$1" in
version) echo "Terraform v1.11.4" ;;
init) echo hashes > .terraform.lock.hcl ;;
plan) for word in "$@"; do case $word in -out=*) echo plan > "\${word#-out=}" ;; esac; done ;;
show) if [ "$2" = -json ]; then cat "$PLAN_JSON"; else echo "Plan: 1 to add, 0 to change, 0 to destroy."; fi ;;
esac
`);

const programs: Readonly<Record<string, string>> = {
  curl: program('while [ "$1" != --output ]; do shift; done; cp "$TERRAFORM_ZIP" "$2"\n'),
  aws: program(`printf '%s\\t%s\\t%s\\n' ${secrets.key} ${secrets.secret} ${secrets.token}\n`),
  // Real where it can be: the release is packed, and a plan is made, by our own scripts.
  npm: program(`case "$*" in
"run release") exec node scripts/release.ts ;;
"run --silent deploy"*--plan-out*) shift 4; exec node scripts/deploy/main.ts deploy "$@" ;;
"run --silent smoke"*) echo https://shop.example ;;
"run --silent loadtest"*) exit "\${LOADTEST_EXIT:-0}" ;;
esac
`),
};

/** Outputs of a build, small: what `npm run release` packs. */
const outputs: Readonly<Record<string, string>> = {
  'api/dist/shop/index.mjs': 'export {}',
  'api/dist/openapi/shop.json': '{}',
  'workers/dist/orders/index.mjs': 'export {}',
  'storefront/dist/index.html': 'shop',
  'storefront/dist/assets/app.js': 'shop',
  'admin/dist/index.html': 'office',
};

export type Checkout = {
  readonly folder: string;
  /** The release of an earlier action, where CodeBuild puts a second artefact. */
  readonly release: string;
  readonly env: Readonly<Record<string, string>>;
  /** What was called so far, in order. */
  readonly record: () => readonly string[];
  readonly remove: () => void;
};

/** Makes one; `planned` is what Terraform says it would change. */
export const makeCheckout = (planned: object = { format_version: '1.2' }): Checkout => {
  const home = mkdtempSync(join(tmpdir(), 'penstock-build-'));
  const folder = join(home, 'src');
  const release = join(home, 'release');
  const write = (path: string, text: string | Uint8Array, mode = 0o644) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
  };
  for (const path of ['scripts', pipeline, 'topology.json', 'package.json'])
    cpSync(join(repository, path), join(folder, path), {
      recursive: true,
      filter: (source) => !/node_modules|\.test\.ts$/.test(source.slice(repository.length)),
    });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, text] of Object.entries(outputs)) write(join(folder, path), text);
  write(join(folder, '.ci/run'), program('terraform version\n'), 0o755);
  for (const name of ['dev', 'prod']) mkdirSync(join(folder, 'terraform/live', name), { recursive: true });
  for (const [name, text] of Object.entries(programs)) write(join(home, 'bin', name), text, 0o755);
  symlinkSync(process.execPath, join(home, 'bin/node'));
  const zip = zipSync({ terraform: [new TextEncoder().encode(terraform), { os: 3, attrs: 0o755 << 16 }] });
  write(join(home, 'terraform.zip'), zip);
  write(join(home, 'plan.json'), JSON.stringify(planned));
  write(join(release, 'functions/orders.zip'), 'zip');
  write(join(release, 'manifest.json'), JSON.stringify({ schema: 1, files: manifestOf(release) }));
  const record = join(home, 'record');
  return {
    folder,
    release,
    env: {
      PATH: `${join(home, 'bin')}:/usr/bin:/bin`,
      HOME: home,
      RECORD: record,
      FAIL: '',
      PLAN_JSON: join(home, 'plan.json'),
      TERRAFORM_ZIP: join(home, 'terraform.zip'),
      TERRAFORM_VERSION: '1.11.4',
      TERRAFORM_SHA256: createHash('sha256').update(zip).digest('hex'),
      PENSTOCK_ENVIRONMENT: 'dev',
      PENSTOCK_STATE_BUCKET: 'state',
      PENSTOCK_DEPLOY_ROLE: 'arn:aws:iam::111122223333:role/penstock-deploy',
      AWS_REGION: 'eu-west-2',
      CODEBUILD_SRC_DIR_release: release,
    },
    record: () => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : []),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
};
