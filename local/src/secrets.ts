import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { isGranted } from '@penstock/platform/grants';
import type { Topology } from '@penstock/platform/topology';
import { callerOf } from '#aws-call';

export type SecretValues = Readonly<Record<string, string>>;

/** The secrets of one data folder, made once: what `put-parameter` does on AWS. Readable by its owner alone. */
export const ensureSecrets = (file: string, topology: Topology): SecretValues => {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const missing = Object.entries(topology.secrets).filter(([name]) => known[name] === undefined);
  for (const [name, { shape }] of missing)
    known[name] = shape === 'key' ? randomBytes(32).toString('base64') : newKeyRing(name);
  if (missing.length === 0) return known;
  // Whole or not at all: half a file would keep every later start from reading it.
  writeFileSync(`${file}.next`, JSON.stringify(known, undefined, 2), { mode: 0o600 });
  renameSync(`${file}.next`, file);
  return known;
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
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = (status: number, body: object) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(body));
      };
      if (request.headers.origin !== undefined)
        return reply(400, { __type: 'AccessDeniedException', message: 'No web page may ask.' });
      if (request.headers['x-amz-target'] !== 'AmazonSSM.GetParameter')
        return reply(400, { __type: 'UnknownOperationException', message: 'Only GetParameter is here.' });
      const name = nameOf(Buffer.concat(chunks).toString('utf8'));
      const secret = name.startsWith(prefix) ? name.slice(prefix.length) : name;
      const caller = callerOf(request.headers.authorization);
      if (!isGranted(topology, { caller, action: 'ssm:GetParameter', resource: `secret/${secret}` }))
        return reply(400, { __type: 'AccessDeniedException', message: `${caller} may not read secret/${secret}.` });
      const value = values[secret];
      if (value === undefined) return reply(400, { __type: 'ParameterNotFound', message: `There is no ${name}.` });
      reply(200, { Parameter: { Name: name, Type: 'SecureString', Value: value, Version: 1 } });
    });
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
