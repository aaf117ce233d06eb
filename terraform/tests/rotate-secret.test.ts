import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../bin/rotate-secret', import.meta.url));
let folder = '';

/** An AWS and a Terraform that keep one parameter and one key value store as files. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-rotate-'));
  const programs = {
    aws: `#!/usr/bin/env bash
case "$1 $2" in
"ssm get-parameter") cat parameter ;;
"ssm put-parameter") printf %s "\${@: -1}" > parameter ;;
"cloudfront-keyvaluestore describe-key-value-store") echo tag ;;
"cloudfront-keyvaluestore put-key") printf %s "\${@: -1}" > store ;;
*) echo "unknown: $*" >&2; exit 1 ;;
esac
`,
    terraform: '#!/usr/bin/env bash\necho \'{"secret_store":"arn"}\'\n',
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (value: object) => writeFileSync(join(folder, 'parameter'), JSON.stringify(value));
const parameter = () => JSON.parse(readFileSync(join(folder, 'parameter'), 'utf8'));
const rotate = (...args: readonly string[]) => {
  const ran = spawnSync('bash', [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` },
  });
  return { status: ran.status, text: `${ran.stdout}${ran.stderr}` };
};
const hasTools = spawnSync('bash', ['-c', 'command -v jq && command -v openssl']).status === 0;

describe.skipIf(!hasTools)('a rotation', () => {
  it('of receipt keys signs with the new one only after it was added, and keeps the old one verifying until drop', () => {
    put({ current: 'k1', keys: { k1: 'old' } });
    expect(rotate('dev', 'receipt-keys', 'add').status).toBe(0);
    const added = parameter();
    expect(added.current).toBe('k1');
    const newest = Object.keys(added.keys).find((key) => key !== 'k1') ?? '';

    expect(rotate('dev', 'receipt-keys', 'drop')).toMatchObject({ status: 1 });
    expect(rotate('dev', 'receipt-keys', 'use').status).toBe(0);
    expect(parameter()).toEqual({ current: newest, keys: added.keys });

    expect(rotate('dev', 'receipt-keys', 'drop').status).toBe(0);
    expect(parameter()).toEqual({ current: newest, keys: { [newest]: added.keys[newest] } });
  });

  it('of the origin secret has both accepted before the distribution sends the new one, and while it does', () => {
    put({ current: 'old' });
    expect(rotate('prod', 'origin-secret', 'add').status).toBe(0);
    const { next } = parameter();
    expect(parameter()).toEqual({ current: 'old', next });

    expect(rotate('prod', 'origin-secret', 'use').status).toBe(0);
    expect(parameter()).toEqual({ current: next, next: 'old' });
    expect(readFileSync(join(folder, 'store'), 'utf8')).toBe(next);

    expect(rotate('prod', 'origin-secret', 'drop').status).toBe(0);
    expect(parameter()).toEqual({ current: next });
  });

  it.each([
    [['receipt-keys', 'use'], 'no key was added'],
    [['origin-secret', 'use'], 'nothing was added'],
    [['origin-secret', 'drop'], 'holds its current value alone'],
  ])('refuses %j out of its turn', ([name = '', phase = ''], sentence) => {
    put(name === 'receipt-keys' ? { current: 'k1', keys: { k1: 'old' } } : { current: 'old' });
    expect(rotate('dev', name, phase)).toMatchObject({ status: 1, text: expect.stringContaining(sentence) });
  });

  it.each([
    ['local', 'receipt-keys', 'add'],
    ['dev', 'email-index-key', 'add'],
    ['dev', 'receipt-keys', 'start'],
  ])('refuses %s %s %s with a sentence, and prints no secret', (...args) => {
    put({ current: 'k1', keys: { k1: 'hush' } });
    const { status, text } = rotate(...args);
    expect(status).toBe(2);
    expect(text).toContain('Usage:');
    expect(text).not.toContain('hush');
  });
});
