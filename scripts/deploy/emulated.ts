/**
 * `npm run deploy:emulated`: the whole of terraform/live/local on MiniStack, with the very zips of `npm run release`, by the
 * very steps of `npm run deploy`; then one checkout through every hop, a second plan that must change nothing of substance,
 * one site deployed and rolled back. Everything listens on 127.0.0.1, ends after ten minutes at the latest, and is stopped.
 *
 * Exit: 0 proven, 1 a fault, 6 a tool is missing, 22 the emulator gave out: it broke connections twice or the time was over, so
 * that nothing is proven and nothing refuted. terraform/README.md says what the emulator cannot prove.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { forbiddenChanges } from '../plan-guard.ts';
import { hasTerraform, lacksProvider } from '../terraform-tool.ts';
import { answerAgain } from './answer-again.ts';
import { makeAsk } from './ask.ts';
import { driveCheckout } from './checkout.ts';
import { tryGuards } from './emulated-guards.ts';
import { changesOf, doorsOf, handsOf, nodesOf, prepareAccount } from './emulated-world.ts';
import { type Emulator, EmulatorMissing, installEmulator, startEmulator } from './emulator.ts';
import { deploySteps, rollbackSteps, type Step } from './plan.ts';
import { releaseIdOf } from './releases.ts';
import { type Hands, runSteps } from './run-steps.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const home = join(root, '.penstock/emulated');
const limitMs = 600_000;

/** What MiniStack says when a connection of its own broke: nothing is wrong with what was applied. */
const broken = /use of closed network connection|connection reset by peer|unexpected EOF/;

/** Neither proven nor refuted. */
class EmulatorGaveOut extends Error {}

const say = (text: string): void => console.error(text);
const leave = (code: number, text: string): never => {
  say(text);
  process.exit(code);
};

const main = async (): Promise<void> => {
  if (!hasTerraform())
    leave(6, 'Terraform is not on the PATH. Install 1.11 or later: https://developer.hashicorp.com/terraform/install');
  const started = Date.now();
  const stopping = new AbortController();
  const limit = setTimeout(
    () => stopping.abort(new EmulatorGaveOut(`It took longer than ${limitMs / 60_000} minutes.`)),
    limitMs,
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stopping.abort(new Error(`Stopped by ${signal}.`)));
  const python = installEmulator(join(root, '.penstock/tools'), say);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const release = makeRelease(join(home, 'release'));
  const emulator = await startEmulator({
    python,
    folder: join(home, 'ministack'),
    nodeFolder: join(root, 'node_modules/.bin'),
    readyMs: 60_000,
  });
  try {
    say(`MiniStack answers at ${emulator.url}; its log is ${emulator.log}`);
    const door = await answerAgain(emulator.url);
    try {
      await Promise.race([prove(emulator, door.url, release, stopping.signal), rejectedBy(stopping.signal)]);
    } finally {
      say(`${door.repeated()} lost answers of the emulator were given again.`);
      door.close();
    }
    say(`deploy:emulated: proven in ${Math.round((Date.now() - started) / 1000)} s`);
  } finally {
    clearTimeout(limit);
    stopping.abort(new Error('Over.'));
    await emulator.stop();
  }
};

const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** The release as `npm run release` makes it. */
const makeRelease = (folder: string): { readonly id: string; readonly folder: string } => {
  const made = spawnSync(process.execPath, [join(root, 'scripts/release.ts'), folder], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (made.status !== 0) throw new Error(`npm run release failed (exit ${made.status}).`);
  return { id: releaseIdOf(folder), folder };
};

type Release = ReturnType<typeof makeRelease>;

const prove = async (
  emulator: Emulator,
  terraformUrl: string,
  release: Release,
  signal: AbortSignal,
): Promise<void> => {
  const originSecret = randomBytes(24).toString('base64url');
  const next = nextRelease(release);
  const hands = handsOf({
    emulator,
    terraformUrl,
    home,
    releases: { [release.id]: release.folder, [next.id]: next.folder },
    originSecret,
    currency: (JSON.parse(readFileSync(join(root, 'topology.json'), 'utf8')) as { currency: string }).currency,
    signal,
    say,
    forbidden: forbiddenChanges,
  });
  const deployed = { functions: release.id, storefront: release.id, admin: release.id };

  await deployWhole(emulator, hands, release, originSecret);
  say('One checkout, hop by hop:');
  await driveCheckout(await doorsOf(hands), { ask: hands.ask, say: (text) => say(`    ${text}`), hopMs: 30_000 });
  checkNode(emulator);
  say('What must be refused:');
  await tryGuards(emulator, hands, (text) => say(`    ${text}`));

  say('A second plan:');
  const changes = changesOf(await hands.terraform.plan(join(release.folder, 'functions'), release.id));
  if (changes.substantial.length > 0)
    throw new Error(`The second plan would create, replace or destroy:\n  ${changes.substantial.join('\n  ')}`);
  say(`    creates, replaces and destroys nothing; would update in place: ${changes.updates.join(', ') || 'nothing'}`);

  say('One site alone, and back:');
  const wish = { environment: 'local', allowDestroy: [] } as const;
  await mustRun(deploySteps({ ...wish, app: 'storefront', release: next.id, history: [deployed] }), hands);
  await mustRun(rollbackSteps({ ...wish, now: { ...deployed, storefront: next.id }, before: deployed }), hands);
};

/** The functions must have run on the project's Node, not on the machine's. */
const checkNode = (emulator: Emulator): void => {
  const own = realpathSync(join(root, 'node_modules/.bin/node'));
  const programs = nodesOf(emulator);
  if (programs.length === 0)
    throw new Error('No function of the emulator is running: nobody can say on which Node it ran.');
  const others = programs.filter((program) => program !== own);
  if (others.length > 0) throw new Error(`Functions ran on ${others.join(', ')} and not on ${own}.`);
  say(`Functions ran on Node ${process.version}`);
};

/** The first deployment, tried once more from nothing when the emulator broke a connection. */
const deployWhole = async (emulator: Emulator, hands: Hands, release: Release, originSecret: string): Promise<void> => {
  const steps = deploySteps({ environment: 'local', app: 'all', release: release.id, history: [], allowDestroy: [] });
  for (let tried = 1; ; tried += 1) {
    prepareFolder();
    await prepareAccount(emulator, secretsOf(originSecret));
    const outcome = await runSteps(steps, hands);
    if (outcome.ok) return;
    if (lacksProvider(outcome.message))
      throw new EmulatorMissing(
        'The AWS provider of Terraform is not here and could not be fetched; PENSTOCK_TF_PLUGIN_DIR may name a folder that has it.',
      );
    const says = `Step ${outcome.at} failed: ${outcome.message}`;
    if (!broken.test(outcome.message)) throw new Error(says);
    if (tried > 1) throw new EmulatorGaveOut(says);
    say('MiniStack broke a connection; once more, from nothing.');
    await makeAsk(30_000)(`${emulator.url}/_ministack/reset`, { method: 'POST' });
  }
};

const mustRun = async (steps: readonly Step[], hands: Hands): Promise<void> => {
  const outcome = await runSteps(steps, hands);
  if (!outcome.ok) throw new Error(`Step ${outcome.at} failed: ${outcome.message}`);
};

/** Terraform's folders, copied: its state and working files stay out of the tree. */
const prepareFolder = (): void => {
  rmSync(join(home, 'terraform'), { recursive: true, force: true });
  cpSync(join(root, 'topology.json'), join(home, 'topology.json'));
  for (const part of ['modules', 'live/local'])
    cpSync(join(root, 'terraform', part), join(home, 'terraform', part), {
      recursive: true,
      filter: (path) => !/\/\.terraform(\/|$)|\.tfstate/.test(path.slice(root.length)),
    });
};

/** The same release with another page: what a site alone is deployed and rolled back with. */
const nextRelease = (release: Release): Release => {
  const folder = join(home, 'next-release');
  cpSync(release.folder, folder, { recursive: true });
  appendFileSync(join(folder, 'storefront/index.html'), '<!-- the next release -->\n');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files: Record<string, string> };
  manifest.files['storefront/index.html'] = sha256Of(join(folder, 'storefront/index.html'));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return { id: releaseIdOf(folder), folder };
};

const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

const secretsOf = (originSecret: string): Readonly<Record<string, string>> => ({
  'receipt-keys': JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } }),
  'email-index-key': randomBytes(32).toString('base64'),
  'origin-secret': JSON.stringify({ current: originSecret }),
});

main().catch((error: unknown) => {
  say(`deploy:emulated: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof EmulatorMissing ? 6 : error instanceof EmulatorGaveOut ? 22 : 1;
});
