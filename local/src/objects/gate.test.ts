import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { localSecret, type ObjectPart, startObjectPart } from '#objects/part';
import { signPolicy } from '#objects/post-policy';
import type { AuthorisedCall } from '#queue/gate';

const adminOrigin = 'http://127.0.0.1:4101';
const nowMs = Date.UTC(2026, 10, 22, 12);

const parts: ObjectPart[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const part of parts.splice(0)) await part.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const open = async (authorise: (call: AuthorisedCall) => boolean = () => true, dataDir: string | null = null) => {
  const part = await startObjectPart({
    port: 0,
    dataDir,
    buckets: ['images'],
    authorise,
    secretOf: () => localSecret,
    allowedOrigins: [adminOrigin],
    publicPrefixes: ['images/public/'],
    clock: { now: () => nowMs },
  });
  parts.push(part);
  const origin = `http://127.0.0.1:${part.port}`;
  const as = (caller: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=${caller}/20261122/us-east-1/s3/aws4_request, Signature=0`,
  });
  const put = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}/${path}`, { method: 'PUT', body, headers: { ...as('operator'), ...headers } });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${origin}/${path}`, { method, headers });
  return { part, origin, as, put, get };
};

const key = 'incoming/6f1c2d';
const image = new Uint8Array([0x52, 0x49, 0x46, 0x46, 0, 13, 10, 255]);

type Tampering = {
  readonly fields?: Readonly<Record<string, string>>;
  readonly drop?: string;
  readonly bytes?: Uint8Array;
  readonly expiresInSeconds?: number;
  readonly fileFirst?: boolean;
  readonly secret?: string;
};

/** The form of a signed upload as the SDK makes it, and what is done to it on the way. */
const uploadForm = (tampering: Tampering = {}): FormData => {
  const day = '20261122';
  const signed = {
    'Content-Type': 'image/webp',
    bucket: 'images',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `admin-uploads/${day}/us-east-1/s3/aws4_request`,
    'X-Amz-Date': `${day}T120000Z`,
    key,
  };
  const policy = Buffer.from(
    JSON.stringify({
      expiration: new Date(nowMs + (tampering.expiresInSeconds ?? 120) * 1000).toISOString(),
      conditions: [
        ['content-length-range', 1, 100],
        ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
      ],
    }),
  ).toString('base64');
  const signature = signPolicy(policy, { secret: tampering.secret ?? localSecret, day, region: 'us-east-1' });
  const fields = { ...signed, Policy: policy, 'X-Amz-Signature': signature, ...tampering.fields };
  const data = new FormData();
  const setFile = () => data.set('file', new Blob([tampering.bytes ?? image], { type: 'image/webp' }), 'a.webp');
  if (tampering.fileFirst === true) setFile();
  for (const [name, value] of Object.entries(fields)) if (name !== tampering.drop) data.set(name, value);
  if (tampering.fileFirst !== true) setFile();
  return data;
};

const upload = (origin: string, form: FormData, headers: Record<string, string> = {}) =>
  fetch(`${origin}/images`, { method: 'POST', body: form, headers });

describe('signed uploads', () => {
  it('stores an upload that its policy allows, byte for byte, under the exact key and type', async () => {
    const asked: AuthorisedCall[] = [];
    const { origin, get, as } = await open((call) => asked.push(call) > 0);
    const answer = await upload(origin, uploadForm(), { origin: adminOrigin });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(adminOrigin);
    expect(asked).toEqual([{ caller: 'admin-uploads', action: 's3:PutObject', resource: `bucket/images/${key}` }]);
    const stored = await get(`images/${key}`, as('operator'));
    expect(stored.headers.get('content-type')).toBe('image/webp');
    expect(new Uint8Array(await stored.arrayBuffer())).toEqual(image);
  });

  it.each<readonly [string, Tampering, number, string]>([
    ['another key', { fields: { key: 'public/anything' } }, 403, 'AccessDenied'],
    ['another type', { fields: { 'Content-Type': 'text/html' } }, 403, 'AccessDenied'],
    ['no type', { drop: 'Content-Type' }, 403, 'AccessDenied'],
    ['another bucket', { fields: { bucket: 'storefront' } }, 403, 'AccessDenied'],
    ['too many bytes', { bytes: new Uint8Array(101) }, 400, 'EntityTooLarge'],
    ['no bytes', { bytes: new Uint8Array(0) }, 400, 'EntityTooSmall'],
    ['an expired policy', { expiresInSeconds: -1 }, 403, 'AccessDenied'],
    ['another signature', { fields: { 'X-Amz-Signature': '0'.repeat(64) } }, 403, 'SignatureDoesNotMatch'],
    ['another secret', { secret: 'stolen' }, 403, 'SignatureDoesNotMatch'],
    [
      'another signer',
      { fields: { 'X-Amz-Credential': 'operator/20261122/us-east-1/s3/aws4_request' } },
      403,
      'AccessDenied',
    ],
    ['another policy', { fields: { Policy: Buffer.from('{}').toString('base64') } }, 403, 'SignatureDoesNotMatch'],
    ['no policy', { drop: 'Policy' }, 403, 'AccessDenied'],
    ['an extra field', { fields: { 'x-amz-meta-colour': 'red' } }, 403, 'AccessDenied'],
    ['the file before the fields', { fileFirst: true }, 400, 'InvalidArgument'],
  ])('refuses %s', async (_name, tampering, status, code) => {
    const { origin, get, as } = await open();
    const answer = await upload(origin, uploadForm(tampering));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/xml');
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
    expect((await get(`images/${key}`, as('operator'))).status).toBe(404);
  });

  it('refuses a signer without the grant, a body that is no form, and a body beyond 11 MiB', async () => {
    const { origin } = await open(({ action }) => action !== 's3:PutObject');
    expect((await upload(origin, uploadForm())).status).toBe(403);
    const raw = (body: string | Uint8Array<ArrayBuffer>) =>
      fetch(`${origin}/images`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      });
    expect(await (await raw('garbage')).text()).toContain('MalformedPOSTRequest');
    expect(await (await raw(new Uint8Array(12 * 1024 * 1024))).text()).toContain('EntityTooLarge');
    // A client that still sends would see a cut connection in the place of its answer.
    const refused = await raw(new Uint8Array(40 * 1024 * 1024));
    expect([refused.status, await refused.text(), refused.headers.get('x-content-type-options')]).toEqual([
      400,
      expect.stringContaining('EntityTooLarge'),
      'nosniff',
    ]);
  });
});

describe('CORS', () => {
  it('answers the preflight of an allowed origin and refuses others', async () => {
    const { origin } = await open();
    const preflight = (from: string, method = 'POST') =>
      fetch(`${origin}/images`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': method, 'access-control-request-headers': 'x-a' },
      });
    const allowed = await preflight(adminOrigin);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(adminOrigin);
    expect(allowed.headers.get('access-control-allow-headers')).toBe('x-a');
    expect((await preflight('https://example.org')).status).toBe(403);
    expect((await preflight(adminOrigin, 'DELETE')).status).toBe(403);
  });

  it('lets the page see why an upload was refused, and no foreign page', async () => {
    const { origin } = await open();
    const refused = await upload(origin, uploadForm({ expiresInSeconds: -1 }), { origin: adminOrigin });
    expect(refused.headers.get('access-control-allow-origin')).toBe(adminOrigin);
    const foreign = await upload(origin, uploadForm(), { origin: 'https://example.org' });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('grants', () => {
  it('serves public prefixes to anybody, and nothing else', async () => {
    const { put, get } = await open();
    await put('images/public/a.webp', 'public');
    await put('images/incoming/a', 'private');
    expect(await (await get('images/public/a.webp')).text()).toBe('public');
    expect((await get('images/public/a.webp', {}, 'HEAD')).status).toBe(200);
    expect((await get('images/incoming/a')).status).toBe(403);
    expect((await get('images/public/../incoming/a')).status).toBe(403);
    expect((await get('images/public/%2e%2e/incoming/a')).status).toBeGreaterThanOrEqual(400);
    expect((await get('images')).status).toBe(403);
    expect((await get('images/public/a.webp', {}, 'DELETE')).status).toBe(403);
    expect((await get('images/incoming/a?X-Amz-Signature=1')).status).toBe(403);
  });

  it('asks by action and resource; a copy reads its source', async () => {
    const asked: string[] = [];
    const { put, get, as } = await open(({ action, resource }) => asked.push(`${action} ${resource}`) > 0);
    await put('images/public/b', '', { 'x-amz-copy-source': '/images/incoming/a%20b' });
    await get('images/incoming/a', as('f'));
    await get('images/incoming/a', as('f'), 'DELETE');
    await get('images?list-type=2', as('f'));
    expect(asked).toEqual([
      's3:PutObject bucket/images/public/b',
      's3:GetObject bucket/images/incoming/a b',
      's3:GetObject bucket/images/incoming/a',
      's3:ListBucket bucket/images',
      's3:DeleteObject bucket/images/incoming/a',
      's3:ListBucket bucket/images',
    ]);
  });

  it('tells only those who may list that a key is absent', async () => {
    const { get, as } = await open(({ caller, action }) => caller === 'lister' || action === 's3:GetObject');
    expect((await get('images/public/absent', as('lister'))).status).toBe(404);
    expect((await get('images/public/absent', as('reader'))).status).toBe(403);
    expect((await get('images/public/absent')).status).toBe(403);
  });

  it('refuses a call without the grant and does nothing', async () => {
    const { put, get, as } = await open(({ action }) => action !== 's3:PutObject');
    const answer = await put('images/public/a', 'x');
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
    expect((await get('images/public/a', as('operator'))).status).toBe(404);
  });

  it('keeps If-None-Match and refuses keys that are no file names', async () => {
    const { put } = await open();
    expect((await put('images/public/once', '1', { 'if-none-match': '*' })).status).toBe(200);
    expect((await put('images/public/once', '2', { 'if-none-match': '*' })).status).toBe(412);
    expect((await put('images/public/%2e%2e%2fescape', 'x')).status).toBe(400);
  });
});

describe('faults and state', () => {
  it('fails a share of calls and slows them down, on request alone', async () => {
    const { origin, put } = await open();
    const control = (method: string, body?: object) =>
      fetch(`${origin}/_gate/faults`, {
        method,
        headers: { 'x-penstock-control': '1', 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    expect((await control('PUT', { errorShare: 1, latencyMs: 60 })).status).toBe(204);
    const startedAt = performance.now();
    const failed = await put('images/public/a', 'x');
    expect(failed.status).toBe(500);
    expect(await failed.text()).toContain('InternalError');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
    await control('DELETE');
    expect((await put('images/public/a', 'x')).status).toBe(200);
  });

  it('keeps objects over a restart and clears away half-written ones', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'penstock-objects-'));
    folders.push(dataDir);
    const before = await open(undefined, dataDir);
    await before.put('images/public/kept', 'kept', { 'content-type': 'image/png' });
    await before.part.close();
    const objects = join(dataDir, 'buckets', 'images', 'objects');
    mkdirSync(join(objects, 'public'), { recursive: true });
    writeFileSync(join(objects, 'public', 'torn.data'), 'half');
    writeFileSync(join(objects, 'public', 'torn.meta.json'), '{"key":"public/to');
    writeFileSync(join(objects, 'public', 'lonely.data'), 'no description');

    const after = await open(undefined, dataDir);
    const kept = await after.get('images/public/kept');
    expect(kept.headers.get('content-type')).toBe('image/png');
    expect(await kept.text()).toBe('kept');
    expect((await after.get('images/public/torn', after.as('operator'))).status).toBe(404);
  });
});
