import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestOf } from '../release.ts';
import { PlanRefused, planFiles, readKeptPlan } from './kept-plan.ts';
import { type Deployed, deploySteps, planSteps, rollbackSteps, smokeSteps } from './plan.ts';
import { makeReleaseStore, manifestDigestOf, releaseIdOf, type Shelf } from './releases.ts';
import { type Hands, runSteps } from './run-steps.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'penstock-deploy-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const securityHeaders = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

const addresses = {
  shop: 'https://shop.example',
  admin: 'https://admin.example',
  admin_api: 'https://api.example/live',
  socket: 'wss://socket.example/live',
  shop_bucket: 'shop-bucket',
  admin_bucket: 'admin-bucket',
  images_bucket: 'images-bucket',
  distributions: { shop: 'E1', admin: 'E2' },
};

/** A release of a few files, whose page and asset carry its name. */
const givenRelease = (name: string): { readonly id: string; readonly folder: string } => {
  const folder = join(home, name);
  const files = {
    'functions/orders.zip': `zip of ${name}`,
    [`storefront/assets/app-${name}.js`]: name,
    'storefront/index.html': `shop ${name}`,
    [`admin/assets/app-${name}.js`]: name,
    'admin/index.html': `office ${name}`,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ schema: 1, files: manifestOf(folder) }));
  return { id: releaseIdOf(folder), folder };
};

/** An environment in memory: buckets that the edge serves at once, and functions that name their release. */
const givenWorld = () => {
  const calls: string[] = [];
  const buckets: Record<string, Map<string, { body: string; cacheControl: string }>> = {
    'shop-bucket': new Map(),
    'admin-bucket': new Map(),
  };
  const kept = new Map<string, Uint8Array>();
  const shelf: Shelf = {
    get: async (key) => kept.get(key),
    put: async (key, body) => {
      kept.set(key, body);
    },
  };
  const world = {
    plannedRelease: '',
    version: '',
    forbidden: [] as string[],
    withHeaders: true,
    failAt: '',
    serial: 0,
  };
  const bucketOf = (bucket: string) => buckets[bucket] ?? new Map();
  const serve = (bucket: string, path: string) => {
    const found = bucketOf(bucket).get(path === '/config.json' ? 'config.json' : 'index.html');
    return {
      status: found === undefined ? 404 : 200,
      headers: world.withHeaders ? securityHeaders : {},
      text: found?.body ?? '',
    };
  };
  const json = (body: unknown) => ({ status: 200, headers: {}, text: JSON.stringify(body) });
  const makeHands = (releases: Readonly<Record<string, string>>): Hands => ({
    environment: 'dev',
    currency: 'GBP',
    terraform: {
      init: async () => void calls.push('init'),
      plan: async (zips, release) => {
        world.plannedRelease = release;
        calls.push(`plan ${zips.slice(home.length)}`);
        return {};
      },
      keepPlan: async (folder) => {
        calls.push('keep-plan');
        writeFileSync(join(folder, planFiles.plan), `plan of ${world.plannedRelease} at ${world.serial}`);
        writeFileSync(join(folder, planFiles.lock), 'hashes');
        return 'Plan: 1 to add';
      },
      takePlan: async (folder) => void calls.push(`take-plan ${folder.slice(home.length)}`),
      readPlan: async (zips) => {
        calls.push(`read-plan ${zips.slice(home.length)}`);
        return {};
      },
      state: async () => `lineage ${world.serial}`,
      apply: async () => {
        calls.push('apply');
        if (world.failAt === 'apply') throw new Error('AWS said no');
        if (world.failAt === 'stale') throw new PlanRefused('Saved plan is stale');
        world.version = world.plannedRelease;
        world.serial += 1;
      },
      addresses: async () => addresses,
    },
    forbidden: (_plan, named) => world.forbidden.filter((fault) => !named.includes(fault)),
    buckets: {
      put: async (bucket, { key, cacheControl }, body) => {
        calls.push(`put ${bucket}/${key}`);
        bucketOf(bucket).set(key, { body: new TextDecoder().decode(body), cacheControl });
      },
      list: async (bucket) => [...bucketOf(bucket).keys()],
      remove: async (bucket, keys) => {
        calls.push(`remove ${bucket}/${keys.join(',')}`);
        for (const key of keys) bucketOf(bucket).delete(key);
      },
    },
    invalidate: async (distribution, paths) => void calls.push(`invalidate ${distribution} ${paths.join(' ')}`),
    releases: makeReleaseStore({ shelf, local: releases, cache: join(home, 'cache'), now: () => new Date(0) }),
    ask: async (url) => {
      const { origin, pathname } = new URL(url);
      if (pathname === '/api/health') return json({ status: 'ok', version: world.version });
      if (pathname === '/api/products') return json({ total: 3, items: [] });
      return serve(origin === addresses.shop ? 'shop-bucket' : 'admin-bucket', pathname);
    },
    edgeHeaders: {},
    smoke: { tries: 1, everyMs: 0 },
    say: () => undefined,
  });
  return { calls, buckets, kept, world, makeHands };
};

const deploy = (
  release: string,
  history: readonly Deployed[],
  app: 'all' | 'storefront' = 'all',
  allowDestroy: string[] = [],
) => deploySteps({ environment: 'dev', app, release, history, allowDestroy });

const whole = (release: string): Deployed => ({ functions: release, storefront: release, admin: release });

describe('running a deployment', () => {
  it('brings every part out, keeps pages short and assets for ever', async () => {
    const { buckets, calls, makeHands } = givenWorld();
    const one = givenRelease('one');
    const hands = makeHands({ [one.id]: one.folder });
    expect(await runSteps(deploy(one.id, []), hands)).toEqual({ ok: true });
    expect(buckets['shop-bucket']?.get('assets/app-one.js')?.cacheControl).toContain('immutable');
    expect(buckets['shop-bucket']?.get('index.html')).toEqual({ body: 'shop one', cacheControl: 'no-cache' });
    expect(JSON.parse(buckets['admin-bucket']?.get('config.json')?.body ?? '')).toEqual({
      apiUrl: addresses.admin_api,
      socketUrl: addresses.socket,
      shopUrl: addresses.shop,
      currency: 'GBP',
    });
    expect(calls.indexOf('put shop-bucket/index.html')).toBeGreaterThan(
      calls.indexOf('put shop-bucket/assets/app-one.js'),
    );
    expect(await hands.releases.history()).toEqual([whole(one.id)]);
  });

  it('stops at the first step that fails, and says what was changed', async () => {
    const { calls, makeHands, world } = givenWorld();
    const one = givenRelease('one');
    world.failAt = 'apply';
    const outcome = await runSteps(deploy(one.id, []), makeHands({ [one.id]: one.folder }));
    expect(outcome).toMatchObject({ ok: false, kind: 'fault', message: 'AWS said no', changed: true });
    expect(calls.at(-1)).toBe('apply');
  });

  it('changes nothing when the plan deletes what holds data, unless that is named', async () => {
    const { calls, makeHands, world } = givenWorld();
    const one = givenRelease('one');
    world.forbidden = ['module.shop.table'];
    const hands = makeHands({ [one.id]: one.folder });
    const outcome = await runSteps(deploy(one.id, []), hands);
    expect(outcome).toMatchObject({ ok: false, kind: 'plan-forbidden', changed: false });
    expect(JSON.stringify(outcome)).toContain('module.shop.table');
    expect(calls).not.toContain('apply');
    expect(await hands.releases.history()).toEqual([]);
    expect(await runSteps(deploy(one.id, [], 'all', ['module.shop.table']), hands)).toEqual({ ok: true });
  });

  it.each([
    [
      'the security headers are missing',
      (world: { withHeaders: boolean }) => (world.withHeaders = false),
      'security headers',
    ],
  ])('fails the smoke test when %s', async (_what, breakIt, word) => {
    const { makeHands, world } = givenWorld();
    const one = givenRelease('one');
    breakIt(world);
    const outcome = await runSteps(deploy(one.id, []), makeHands({ [one.id]: one.folder }));
    expect(outcome).toMatchObject({ ok: false, kind: 'smoke-failed', changed: true });
    expect(JSON.stringify(outcome)).toContain(word);
  });

  it('refuses a release whose file is not what its manifest says', async () => {
    const { calls, makeHands } = givenWorld();
    const one = givenRelease('one');
    writeFileSync(join(one.folder, 'functions/orders.zip'), 'something else');
    const outcome = await runSteps(deploy(one.id, []), makeHands({ [one.id]: one.folder }));
    expect(JSON.stringify(outcome)).toContain('functions/orders.zip has another checksum');
    expect(calls).toEqual([]);
  });

  it('keeps the assets of one release before, and deletes older ones', async () => {
    const { buckets, makeHands } = givenWorld();
    const releases = ['one', 'two', 'three'].map(givenRelease);
    const hands = makeHands(Object.fromEntries(releases.map(({ id, folder }) => [id, folder])));
    for (const { id } of releases)
      expect(await runSteps(deploy(id, await hands.releases.history()), hands)).toEqual({ ok: true });
    const assets = [...(buckets['shop-bucket']?.keys() ?? [])].filter((key) => key.startsWith('assets/'));
    expect(assets.sort()).toEqual(['assets/app-three.js', 'assets/app-two.js']);
  });
});

describe('running a rollback', () => {
  it('brings back the release before, from the shelf, on another machine', async () => {
    const { buckets, calls, makeHands, world } = givenWorld();
    const one = givenRelease('one');
    const two = givenRelease('two');
    const hands = makeHands({ [one.id]: one.folder, [two.id]: two.folder });
    await runSteps(deploy(one.id, []), hands);
    await runSteps(deploy(two.id, [whole(one.id)]), hands);
    rmSync(one.folder, { recursive: true });

    const elsewhere = makeHands({});
    const steps = rollbackSteps({ environment: 'dev', now: whole(two.id), before: whole(one.id), allowDestroy: [] });
    expect(await runSteps(steps, elsewhere)).toEqual({ ok: true });
    expect(buckets['shop-bucket']?.get('index.html')?.body).toBe('shop one');
    expect(world.version).toBe(one.id);
    expect(calls.findLast((call) => call.startsWith('plan'))).toBe(`plan /cache/${one.id}/functions`);
    expect(await elsewhere.releases.history()).toEqual([whole(one.id)]);
  });

  it('whose plan is stale has put the pages back already, and says so', async () => {
    const { makeHands, world } = givenWorld();
    const one = givenRelease('one');
    const two = givenRelease('two');
    const hands = makeHands({ [one.id]: one.folder, [two.id]: two.folder });
    world.failAt = 'stale';
    const steps = rollbackSteps({ environment: 'dev', now: whole(two.id), before: whole(one.id), allowDestroy: [] });
    expect(await runSteps(steps, hands)).toMatchObject({ kind: 'plan-refused', changed: true });
  });

  it('goes back to what ran before a deployment whose smoke test failed', async () => {
    const { makeHands, world } = givenWorld();
    const one = givenRelease('one');
    const two = givenRelease('two');
    const hands = makeHands({ [one.id]: one.folder, [two.id]: two.folder });
    await runSteps(deploy(one.id, []), hands);
    world.withHeaders = false;
    expect(await runSteps(deploy(two.id, await hands.releases.history()), hands)).toMatchObject({ ok: false });
    expect(await hands.releases.history()).toEqual([whole(one.id), whole(two.id)]);
  });
});

describe('a plan that is kept', () => {
  const keep = (release: string, allowDestroy: readonly string[] = []) =>
    planSteps({ environment: 'dev', release, allowDestroy, folder: join(home, 'plan') });
  const applyKept = (release: string) =>
    deploySteps({
      environment: 'dev',
      app: 'all',
      release,
      history: [],
      allowDestroy: readKeptPlan(join(home, 'plan')).allowDestroy,
      plan: join(home, 'plan'),
    });
  const given = () => {
    const world = givenWorld();
    const one = givenRelease('one');
    const two = givenRelease('two');
    return { ...world, one, two, hands: world.makeHands({ [one.id]: one.folder, [two.id]: two.folder }) };
  };

  it('changes nothing when it is made, and says what it is of', async () => {
    const { calls, hands, kept, one } = given();
    expect(await runSteps(keep(one.id, ['module.shop.table']), hands)).toEqual({ ok: true });
    expect(calls).toEqual(['init', 'plan /one/functions', 'keep-plan']);
    expect(kept.size).toBe(0);
    expect(readKeptPlan(join(home, 'plan'))).toMatchObject({
      environment: 'dev',
      release: one.id,
      manifestSha256: manifestDigestOf(one.folder),
      state: 'lineage 0',
      allowDestroy: ['module.shop.table'],
    });
    const text = readFileSync(join(home, 'plan', planFiles.text), 'utf8');
    for (const fact of [one.id, manifestDigestOf(one.folder), 'MAY BE DELETED', 'module.shop.table', 'Plan: 1 to add'])
      expect(text).toContain(fact);
  });

  it('is applied as it is: nothing is planned again, and the rest of the deployment follows', async () => {
    const { buckets, calls, hands, one } = given();
    await runSteps(keep(one.id), hands);
    calls.length = 0;
    expect(await runSteps(applyKept(one.id), hands)).toEqual({ ok: true });
    expect(calls.slice(0, 4)).toEqual(['take-plan /plan', 'init', 'read-plan /one/functions', 'apply']);
    expect(buckets['shop-bucket']?.get('index.html')?.body).toBe('shop one');
    expect(await hands.releases.history()).toEqual([whole(one.id)]);
  });

  it('is not written when it deletes what holds data', async () => {
    const { calls, hands, one, world } = given();
    world.forbidden = ['module.shop.table'];
    expect(await runSteps(keep(one.id), hands)).toMatchObject({ ok: false, kind: 'plan-forbidden', changed: false });
    expect(calls).not.toContain('keep-plan');
  });

  it('is guarded once more when it is applied', async () => {
    const { calls, hands, one, world } = given();
    await runSteps(keep(one.id), hands);
    world.forbidden = ['module.shop.table'];
    expect(await runSteps(applyKept(one.id), hands)).toMatchObject({ ok: false, kind: 'plan-forbidden' });
    expect(calls).not.toContain('apply');
  });

  it('of another release is refused before Terraform is called', async () => {
    const { calls, hands, one, two } = given();
    await runSteps(keep(one.id), hands);
    calls.length = 0;
    const outcome = await runSteps(applyKept(two.id), hands);
    expect(outcome).toMatchObject({ ok: false, at: 1, kind: 'plan-refused', changed: false });
    expect(JSON.stringify(outcome)).toContain(`and the release here is ${two.id}`);
    expect(calls).toEqual([]);
  });

  it('of another environment is refused', async () => {
    const { hands, one } = given();
    await runSteps(keep(one.id), hands);
    const outcome = await runSteps(applyKept(one.id), { ...hands, environment: 'prod' });
    expect(outcome).toMatchObject({
      ok: false,
      kind: 'plan-refused',
      message: expect.stringContaining('it is of dev'),
    });
  });

  it('whose file was altered is refused', async () => {
    const { hands, one } = given();
    await runSteps(keep(one.id), hands);
    writeFileSync(join(home, 'plan', planFiles.plan), 'something else');
    const outcome = await runSteps(applyKept(one.id), hands);
    expect(outcome).toMatchObject({ ok: false, kind: 'plan-refused', message: expect.stringContaining('plan.tfplan') });
  });

  it('is refused when the state has moved on, before anything is noted', async () => {
    const { calls, hands, one, world } = given();
    await runSteps(keep(one.id), hands);
    world.serial += 1;
    const outcome = await runSteps(applyKept(one.id), hands);
    expect(outcome).toMatchObject({ ok: false, kind: 'plan-refused', changed: false });
    expect(calls).not.toContain('apply');
    expect(await hands.releases.history()).toEqual([]);
  });

  it('that Terraform calls stale in the last moment has changed nothing', async () => {
    const { hands, one, world } = given();
    await runSteps(keep(one.id), hands);
    world.failAt = 'stale';
    expect(await runSteps(applyKept(one.id), hands)).toMatchObject({ kind: 'plan-refused', changed: false });
  });
});

describe('a smoke test alone', () => {
  it('asks for the release that must be out, and changes nothing', async () => {
    const { calls, makeHands } = givenWorld();
    const one = givenRelease('one');
    const two = givenRelease('two');
    const hands = makeHands({ [one.id]: one.folder, [two.id]: two.folder });
    await runSteps(deploy(one.id, []), hands);
    calls.length = 0;
    expect(await runSteps(smokeSteps({ environment: 'dev', release: one.id }), hands)).toEqual({ ok: true });
    expect(calls).toEqual(['init']);
    const outcome = await runSteps(smokeSteps({ environment: 'dev', release: two.id }), hands);
    expect(outcome).toMatchObject({ ok: false, kind: 'smoke-failed', changed: false });
    expect(JSON.stringify(outcome)).toContain(`not ${two.id}`);
  });
});
