/** The emulated environment as the steps of a deployment see it, and what the smallest bridges over MiniStack's gaps are. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Ask, makeAsk } from './ask.ts';
import { makeAwsHands } from './aws.ts';
import type { Doors } from './checkout.ts';
import type { Emulator } from './emulator.ts';
import { makeReleaseStore } from './releases.ts';
import type { Hands } from './run-steps.ts';
import type { Addresses } from './sites.ts';
import { makeTerraformHands } from './terraform-hands.ts';

const region = 'eu-west-2';
const stateBucket = 'penstock-local-state';

type Apis = { readonly shop: string; readonly admin: string; readonly socket: string };

export type World = {
  readonly emulator: Emulator;
  /** Where Terraform asks. */
  readonly terraformUrl: string;
  /** Folder of this run. */
  readonly home: string;
  /** Releases by their id, with their folders. */
  readonly releases: Readonly<Record<string, string>>;
  readonly originSecret: string;
  readonly currency: string;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  readonly forbidden: Hands['forbidden'];
};

/**
 * MiniStack's edge answers at the emulator's own address by Host, speaks no TLS (it believes X-Forwarded-Proto), and runs no
 * function that reads the key value store: so whoever calls brings the headers that edge/api.js would set.
 */
const askEdge =
  (emulator: Emulator, ask: Ask): Ask =>
  (url, asked = {}) => {
    const { host, pathname, search } = new URL(url);
    if (!host.endsWith('.cloudfront.net')) return ask(url, asked);
    return ask(`${emulator.url}${pathname}${search}`, {
      ...asked,
      headers: { ...asked.headers, host, 'x-forwarded-proto': 'https' },
    });
  };

const edgeHeadersOf = (originSecret: string) => ({ 'x-origin-secret': originSecret, 'x-viewer-ip': '127.0.0.1' });

/** The hands of a deployment, on the emulator. */
export const handsOf = (world: World): Hands => {
  const { emulator, home } = world;
  const { shelfOf, ...aws } = makeAwsHands({ region, endpoint: emulator.url });
  const terraform = makeTerraformHands({
    root: rootOf(home),
    backend: [],
    variables: [`-var=endpoint=${emulator.url}`],
    env: { AWS_ENDPOINT_URL: world.terraformUrl },
    signal: world.signal,
  });
  return {
    environment: 'local',
    currency: world.currency,
    terraform: {
      ...terraform,
      addresses: async () => ({ ...(await terraform.addresses()), ...pathAddresses(emulator, apisOf(home)) }),
    },
    forbidden: world.forbidden,
    ...aws,
    releases: makeReleaseStore({
      shelf: shelfOf(stateBucket),
      local: world.releases,
      cache: join(home, 'releases'),
      now: () => new Date(),
    }),
    ask: askEdge(emulator, makeAsk(15_000)),
    edgeHeaders: edgeHeadersOf(world.originSecret),
    smoke: { tries: 3, everyMs: 1000 },
    say: world.say,
  };
};

/** Where the root of the emulated environment lies in a run's folder. */
const rootOf = (home: string): string => join(home, 'terraform/live/local');

/** The ids of the three APIs, of the state that was just written. */
const apisOf = (home: string): Apis => {
  const state = JSON.parse(readFileSync(join(rootOf(home), 'terraform.tfstate'), 'utf8')) as {
    outputs: { apis: { value: Apis } };
  };
  return state.outputs.apis.value;
};

/** No host name of an emulated API resolves: its path form is the one address that works. */
const pathAddresses = ({ url }: Emulator, apis: Apis): Pick<Addresses, 'admin_api' | 'socket'> => ({
  admin_api: `${url}/_aws/execute-api/${apis.admin}/live`,
  socket: `${url.replace('http:', 'ws:')}/_aws/execute-api/${apis.socket}/live`,
});

/** Where a checkout goes in: the shop through its distribution, the others directly. */
export const doorsOf = async (hands: Hands): Promise<Doors> => {
  const addresses = await hands.terraform.addresses();
  return {
    shopApi: `${addresses.shop}/api`,
    edgeHeaders: hands.edgeHeaders,
    adminApi: addresses.admin_api,
    socket: addresses.socket,
  };
};

/** What put-secrets does on AWS, and the bucket that bootstrap makes. */
export const prepareAccount = async (emulator: Emulator, secrets: Readonly<Record<string, string>>): Promise<void> => {
  const ask = makeAsk(15_000);
  const signed = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`;
  for (const [name, value] of Object.entries(secrets)) {
    const answer = await ask(emulator.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonSSM.PutParameter',
        authorization: signed('ssm'),
      },
      body: { Name: `/penstock/local/${name}`, Type: 'SecureString', Value: value, Overwrite: true },
    });
    if (answer.status !== 200) throw new Error(`The secret ${name} could not be written: ${answer.text.slice(0, 200)}`);
  }
  const made = await ask(`${emulator.url}/${stateBucket}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/xml', authorization: signed('s3') },
    body: `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
  });
  if (made.status !== 200) throw new Error(`The bucket ${stateBucket} could not be made: ${made.text.slice(0, 200)}`);
};

/** The programs that the emulator's function workers really are: its process group's, but for itself. */
export const nodesOf = ({ pid }: Emulator): readonly string[] => {
  const programs = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, , , , , group] =
          /^(\d+) \((.*)\) (\S) (\d+) (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        const program = readlinkSync(`/proc/${name}/exe`);
        return Number(group) === pid && program.endsWith('/node') ? [program] : [];
      } catch {
        // It ended while it was being looked at.
        return [];
      }
    });
  return [...new Set(programs)];
};

type Plan = { readonly resource_changes?: readonly Change[] };
type Change = {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[] };
};

/** What of a plan is more than an update in place, and the types that are only updated. */
export const changesOf = (
  plan: unknown,
): { readonly substantial: readonly string[]; readonly updates: readonly string[] } => {
  const changes = ((plan as Plan).resource_changes ?? []).filter(
    ({ change }) => !change.actions.every((action) => action === 'no-op' || action === 'read'),
  );
  const isUpdate = ({ change }: Change) => change.actions.length === 1 && change.actions[0] === 'update';
  const types = changes.filter(isUpdate).map(({ type }) => type);
  return {
    substantial: changes
      .filter((each) => !isUpdate(each))
      .map(({ address, change }) => `${change.actions.join('+')} ${address}`),
    updates: [...new Set(types)].sort().map((type) => `${types.filter((each) => each === type).length} ${type}`),
  };
};
