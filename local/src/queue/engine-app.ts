import type { IncomingMessage, Server } from 'node:http';
import { buildApp } from 'fauxqs';
import type { S3Store, SqsStore } from '#queue/fauxqs-internals';

/** What we use of the Fastify app that fauxqs builds. Its own types resolve to `any` under this compiler. */
export type EngineRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Parts of the path, decoded: `bucket`, and `*` for the key. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly raw: IncomingMessage;
  body: unknown;
};

export type EngineReply = {
  readonly statusCode: number;
  code(status: number): EngineReply;
  type(contentType: string): EngineReply;
  header(name: string, value: string): EngineReply;
  removeHeader(name: string): EngineReply;
  send(payload?: unknown): EngineReply;
};

type Handler = (request: EngineRequest, reply: EngineReply) => unknown;

export type EngineApp = {
  addHook(
    name: 'onRequest' | 'preValidation',
    hook: (request: EngineRequest, reply: EngineReply) => Promise<unknown>,
  ): void;
  addHook(name: 'preHandler', hook: (request: EngineRequest, reply: EngineReply, done: () => void) => void): void;
  addHook(
    name: 'preSerialization' | 'onSend',
    hook: (request: EngineRequest, reply: EngineReply, payload: unknown) => Promise<unknown>,
  ): void;
  setErrorHandler(
    handler: (error: Error & { code?: string }, request: EngineRequest, reply: EngineReply) => unknown,
  ): void;
  setNotFoundHandler(handler: Handler): void;
  get(path: string, handler: Handler): void;
  put(path: string, handler: Handler): void;
  delete(path: string, handler: Handler): void;
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  close(): Promise<void>;
  readonly server: Server;
};

export type EngineStores = { readonly sqsStore: SqsStore; readonly snsStore: object; readonly s3Store: S3Store };

/** The app of fauxqs over stores of ours: silent, and not yet listening. */
export const buildEngineApp = (region: string, stores: EngineStores): EngineApp => {
  const app = buildApp({ logger: false, defaultRegion: region, stores: stores as never }) as unknown as EngineApp;
  // A call that never ends would keep its socket for five minutes, which is Node's own patience.
  app.server.requestTimeout = 60_000;
  app.server.headersTimeout = 10_000;
  return app;
};
