import { createServer, type Server } from 'node:http';
import { writePaths } from '@penstock/platform/settings';
import * as z from 'zod';
import type { FunctionPool } from '#functions/pool';

/** The configuration of a process that hosts functions, as the supervisor hands it over. */
const portSchema = z.int().min(0).max(65_535);
export const hostConfigSchema = z.strictObject({
  port: portSchema,
  addresses: z.strictObject({
    shop: portSchema,
    adminSite: portSchema,
    adminApi: portSchema,
    socket: portSchema,
    control: portSchema,
    dynamodb: portSchema,
    engine: portSchema,
    sqs: portSchema,
    s3: portSchema,
    ssm: portSchema,
    socketManagement: portSchema,
    api: portSchema,
    workers: portSchema,
  }),
  staffNetworks: z.array(z.string()),
  release: z.string(),
  bundles: z.string(),
  dataDir: z.string(),
  watch: z.boolean(),
  writePath: z.enum(writePaths),
  postsPerSecond: z.string().optional(),
});

/** Lines of functions go to stdout, where the supervisor takes them for the log; a process line has `event: listening`. */
export const logLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const logEvent =
  (functionName: string) =>
  (level: 'info' | 'warn' | 'error', event: string, fields: Readonly<Record<string, unknown>>): void =>
    logLine(JSON.stringify({ time: new Date().toISOString(), level, function: functionName, event, ...fields }));

type Extra = (method: string, path: string, body: string) => object | undefined;

/**
 * The inner door of a host: POST /invoke/<function> with an event runs it and answers the outcome; POST /reload names changed
 * functions; more calls come from the part. Only the other parts of the same cloud know the port, and no web page may use it.
 */
export const startHost = (port: number, pool: FunctionPool, extra: Extra = () => undefined): Promise<Server> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      const path = request.url ?? '/';
      const body = Buffer.concat(chunks).toString('utf8');
      const reply = (status: number, value: object) => {
        if (response.destroyed) return;
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value));
      };
      if (request.headers.origin !== undefined || request.headers['x-penstock-control'] !== '1')
        return reply(403, { message: 'This door is for the parts of the cloud.' });
      if (request.method === 'POST' && path.startsWith('/invoke/')) {
        pool.invoke(decodeURIComponent(path.slice('/invoke/'.length)), JSON.parse(body)).then(
          (outcome) => reply(200, outcome),
          (error: unknown) =>
            reply(500, {
              ok: false,
              error: { errorType: 'Runtime', errorMessage: error instanceof Error ? error.message : String(error) },
            }),
        );
        return;
      }
      if (request.method === 'POST' && path === '/reload') {
        pool.reload(JSON.parse(body) as string[]);
        return reply(200, {});
      }
      const answer = extra(request.method ?? 'GET', path, body);
      reply(answer === undefined ? 404 : 200, answer ?? { message: 'Not found' });
    });
  });
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
};
