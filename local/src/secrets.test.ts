import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTopology } from '@penstock/platform/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationOf } from '#aws-call';
import { topologyPath } from '#config';
import { ask, makeServers } from '#edge/testing/http';
import { ensureSecrets, type SecretValues, startParameterStore } from '#secrets';

const topology = loadTopology(topologyPath);
const servers = makeServers();
let folder = '';
let values: SecretValues = {};
let port = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-secrets-'));
  values = ensureSecrets(join(folder, 'secrets.json'), topology).secrets;
  const { 'email-index-key': _missing, ...others } = values;
  port = servers.keep(await startParameterStore(0, '/penstock/local/', others, topology));
});
afterAll(async () => {
  await servers.close();
  rmSync(folder, { recursive: true });
});

describe('the secrets of a data folder', () => {
  it('are those of the topology, in the shape that it names', () => {
    expect(Object.keys(values).sort()).toEqual(Object.keys(topology.secrets).sort());
    const ring = JSON.parse(values['receipt-keys'] ?? '') as { current: string; keys: Record<string, string> };
    expect(Buffer.from(ring.keys[ring.current] ?? '', 'base64').length).toBe(32);
    expect(Buffer.from(values['email-index-key'] ?? '', 'base64').length).toBe(32);
    const { current } = JSON.parse(values['origin-secret'] ?? '') as { current: string };
    expect(Buffer.from(current, 'base64').length).toBe(32);
  });

  it('are kept: a receipt of yesterday is good today', () => {
    expect(ensureSecrets(join(folder, 'secrets.json'), topology)).toEqual({ secrets: values, lost: false });
  });

  it('get the one that a newer topology adds, and lose none', () => {
    const more = { ...topology, secrets: { ...topology.secrets, added: { purpose: 'new', shape: 'key' as const } } };
    const file = join(folder, 'secrets.json');
    expect(ensureSecrets(file, more).secrets).toEqual({ ...values, added: expect.any(String) });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(values);
  });

  it('can be read by their owner alone, and are written whole', () => {
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it.each(['', '{"receipt-keys":', '[]', '{"receipt-keys":7}', '{"receipt-keys":"x"}'])(
    'that are damaged end the start with a sentence and are left alone: %j',
    (text) => {
      const other = mkdtempSync(join(tmpdir(), 'penstock-secrets-'));
      const file = join(other, 'secrets.json');
      writeFileSync(file, text);
      expect(() => ensureSecrets(file, topology)).toThrow(
        /secrets\.json are damaged.*receipts of orders from before are void/s,
      );
      expect(readFileSync(file, 'utf8')).toBe(text);
      rmSync(other, { recursive: true });
    },
  );

  it('are others in another folder, which says that it had none', () => {
    const other = mkdtempSync(join(tmpdir(), 'penstock-secrets-'));
    expect(ensureSecrets(join(other, 's'), topology).secrets['email-index-key']).not.toBe(values['email-index-key']);
    rmSync(other, { recursive: true });
  });
});

describe('the parameter store', () => {
  const target = 'AmazonSSM.GetParameter';
  const get = async (caller: string, body: string, more: Readonly<Record<string, string>> = {}) => {
    const headers = { authorization: authorizationOf(caller), 'x-amz-target': target, ...more };
    const answer = await ask(port, '/', { method: 'POST', headers, body });
    return { status: answer.status, ...(JSON.parse(String(answer.body)) as object) };
  };
  const named = (name: string) => JSON.stringify({ Name: `/penstock/local/${name}`, WithDecryption: true });

  it('gives a secret to a function that was granted it', async () => {
    expect(await get('shop-orders', named('receipt-keys'))).toMatchObject({
      status: 200,
      Parameter: { Name: '/penstock/local/receipt-keys', Type: 'SecureString', Value: values['receipt-keys'] },
    });
  });

  it.each([
    ['a function without the grant', 'fold-baskets', named('receipt-keys'), {}, 'AccessDeniedException'],
    ['nobody', 'nobody', named('receipt-keys'), {}, 'AccessDeniedException'],
    ['a page', 'operator', named('receipt-keys'), { origin: 'http://127.0.0.1:4100' }, 'AccessDeniedException'],
    ['another host', 'operator', named('receipt-keys'), { host: 'evil.example' }, 'AccessDeniedException'],
    ['a caller named like a member of every object', 'constructor', named('x'), {}, 'AccessDeniedException'],
    ['a secret named like one', 'operator', named('constructor'), {}, 'ParameterNotFound'],
    ['a body without end', 'operator', 'x'.repeat(20_000), {}, 'ValidationException'],
    [
      'a question it does not know',
      'operator',
      named('x'),
      { 'x-amz-target': 'AmazonSSM.PutParameter' },
      'UnknownOperationException',
    ],
    ['a name that is not there', 'operator', named('email-index-key'), {}, 'ParameterNotFound'],
    ['a body that is no JSON', 'operator', '{', {}, 'ParameterNotFound'],
  ])('refuses %s', async (_who, caller, body, more, __type) => {
    expect(await get(caller, body, more)).toMatchObject({ status: 400, __type });
  });
});
