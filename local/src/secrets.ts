import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { own } from '@penstock/domain/own';
import { isGranted } from '@penstock/platform/grants';
import type { Topology } from '@penstock/platform/topology';
import * as z from 'zod';
import { callerOf } from '#aws-call';
import { CommandEnded } from '#supervisor/exit';
import { isNoPage, readBody } from '#this-machine';

/** A name is at most 2,048 characters on AWS. */
const bodyBytesMax = 16 * 1024;

type Answer = { readonly status: number; readonly body: object };

export type SecretValues = Readonly<Record<string, string>>;

type Secrets = {
  readonly secrets: SecretValues;
  /** Whether the file was not there at all. */
  readonly lost: boolean;
};

/** The secrets of one data folder, made once: what `put-parameter` does on AWS. Readable by its owner alone. */
export const ensureSecrets = (file: string, topology: Topology): Secrets => {
  const found = existsSync(file);
  const known: SecretValues = found ? readSecrets(file, topology) : {};
  const missing = Object.entries(topology.secrets).filter(([name]) => own(known, name) === undefined);
  const made = missing.map(
    ([name, { shape }]) => [name, shape === 'key' ? randomBytes(32).toString('base64') : newKeyRing(name)] as const,
  );
  const secrets: Secrets = { secrets: { ...known, ...Object.fromEntries(made) }, lost: !found };
  if (missing.length === 0) return secrets;
  // Whole or not at all: half a file would keep every later start from reading it.
  writeFileSync(`${file}.next`, JSON.stringify(secrets.secrets, undefined, 2), { mode: 0o600 });
  renameSync(`${file}.next`, file);
  return secrets;
};

const ringSchema = z.looseObject({ current: z.string().min(1) });
// plain-keys: a file of the data folder, looked up with own().
const fileSchema = z.record(z.string(), z.string().min(1));

const readSecrets = (file: string, topology: Topology): Record<string, string> => {
  try {
    const known = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    for (const [name, { shape }] of Object.entries(topology.secrets)) {
      const value = own(known, name);
      if (shape === 'key-ring' && value !== undefined) ringSchema.parse(JSON.parse(value));
    }
    return known;
  } catch (error) {
    // A folder in its place is said without its path: it is damaged like any other.
    const { errno, code } = error as NodeJS.ErrnoException;
    if (errno !== undefined && code !== 'EISDIR') throw error;
    throw new CommandEnded(
      1,
      `The keys in ${file} are damaged: it is no whole JSON object of keys. It was left as it is. Put a copy in its place, or ` +
        'move it away: new keys are made then, and receipts of orders from before are void.',
    );
  }
};

/** Receipts name the key that signed them; the origin secret is one text. */
const newKeyRing = (name: string): string => {
  const value = randomBytes(32).toString('base64');
  if (name === 'origin-secret') return JSON.stringify({ current: value });
  const kid = `k${Date.now().toString(36)}`;
  return JSON.stringify({ current: kid, keys: { [kid]: value } });
};

/** The parameter store's GetParameter, for callers that were granted the secret. */
export const startParameterStore = (
  port: number,
  prefix: string,
  values: SecretValues,
  topology: Topology,
): Promise<Server> => {
  const refuse = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (!isNoPage(request.headers)) return refuse('AccessDeniedException', 'No web page may ask.');
    if (request.headers['x-amz-target'] !== 'AmazonSSM.GetParameter')
      return refuse('UnknownOperationException', 'Only GetParameter is here.');
    const body = await readBody(request, bodyBytesMax);
    if (body === undefined) return refuse('ValidationException', `A call has at most ${bodyBytesMax} bytes.`);
    const name = nameOf(body.toString('utf8'));
    const secret = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    const caller = callerOf(request.headers.authorization);
    if (!isGranted(topology, { caller, action: 'ssm:GetParameter', resource: `secret/${secret}` }))
      return refuse('AccessDeniedException', `${caller} may not read secret/${secret}.`);
    const value = own(values, secret);
    if (value === undefined) return refuse('ParameterNotFound', `There is no ${name}.`);
    return { status: 200, body: { Parameter: { Name: name, Type: 'SecureString', Value: value, Version: 1 } } };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(body));
      },
      // The caller left in the middle of its own call: there is nobody to answer.
      () => response.destroy(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
};

const nameOf = (body: string): string => {
  try {
    return String((JSON.parse(body) as { Name?: unknown }).Name ?? '');
  } catch {
    return '';
  }
};
