import { createServer, type IncomingMessage, type Server } from 'node:http';
import { writePaths } from '@penstock/platform/settings';
import * as z from 'zod';
import type { FunctionPool } from '#functions/pool';
import { isControlCaller, readBody } from '#this-machine';

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
    engine: z.url(),
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

/** An event is a call of at most 10 MB, in base64, with its headers. */
const bodyBytesMax = 32 * 1024 * 1024;

type Answer = { readonly status: number; readonly body: object };

const faultOutcome = (error: unknown): object => ({
  ok: false,
  error: { errorType: 'Runtime', errorMessage: error instanceof Error ? error.message : String(error) },
});

type Extra = (method: string, path: string, body: string) => object | undefined;

/**
 * The inner door of a host: POST /invoke/<function> with an event runs it and answers the outcome; POST /reload names changed
 * functions; more calls come from the part. Only the other parts of the same cloud know the port, and no web page may use it.
 */
export const startHost = (port: number, pool: FunctionPool, extra: Extra = () => undefined): Promise<Server> => {
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (!isControlCaller(request.headers))
      return { status: 403, body: { message: 'This door is for the parts of the cloud.' } };
    const path = request.url ?? '/';
    const body = (await readBody(request, bodyBytesMax))?.toString('utf8');
    if (body === undefined) return { status: 413, body: { message: `A call has at most ${bodyBytesMax} bytes.` } };
    if (request.method === 'POST' && path.startsWith('/invoke/'))
      return {
        status: 200,
        body: await pool.invoke(decodeURIComponent(path.slice('/invoke/'.length)), JSON.parse(body)),
      };
    if (request.method === 'POST' && path === '/reload') {
      pool.reload(JSON.parse(body) as string[]);
      return { status: 200, body: {} };
    }
    const more = extra(request.method ?? 'GET', path, body);
    return { status: more === undefined ? 404 : 200, body: more ?? { message: 'Not found' } };
  };
  const server = createServer((request, response) => {
    const reply = ({ status, body }: Answer) => {
      if (response.destroyed) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    answer(request).then(reply, (error: unknown) => reply({ status: 500, body: faultOutcome(error) }));
  });
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
};
