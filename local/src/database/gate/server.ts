import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@penstock/domain/clock';
import { makeControl } from '#database/gate/control';
import { type Authorise, makeGate } from '#database/gate/gate';
import { makeGateFaults } from '#database/gate/gate-faults';
import { makeMeters } from '#database/gate/meters';
import { type Answer, accessDenied } from '#database/gate/refusals';
import { makeStaleReads } from '#database/gate/stale-reads';
import { makeTableUpdates, type UpdateRules } from '#database/gate/table-updates';
import { makeTables, type Tables } from '#database/gate/tables';
import { makeUpstream, UpstreamFailed } from '#database/gate/upstream';
import { isThisMachine, readBody } from '#this-machine';

export type GateOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  /** A DynamoDB endpoint that takes unsigned or any-signed calls. */
  readonly upstreamUrl: string;
  readonly authorise: Authorise;
  /** How much unused capacity every bucket keeps beyond the running second, 0 to 300. */
  readonly burstSeconds: number;
  /** How UpdateTable behaves in time; left out: at once, and as often as one likes. */
  readonly updateRules?: UpdateRules;
  /** Of faults that are wished without one. */
  readonly seed?: number;
  readonly clock?: Clock;
};

export type RunningGate = { readonly port: number; readonly endpoint: string; readonly close: () => Promise<void> };

/** DynamoDB takes 16 MB (a full BatchWriteItem). */
const bodyMaxBytes = 16 * 1024 * 1024;
const closeMaxMs = 500;
const contentType = 'application/x-amz-json-1.0';

/** Starts the capacity gate on 127.0.0.1. It answers at once; tables are read as soon as the engine answers. */
export const startGate = async (options: GateOptions): Promise<RunningGate> => {
  const clock = options.clock ?? { now: () => Date.now() };
  const upstream = makeUpstream(options.upstreamUrl);
  const tables = makeTables({ upstream, clock, burstSeconds: options.burstSeconds });
  const meters = makeMeters();
  const faults = makeGateFaults(options.seed);
  const stale = makeStaleReads(upstream);
  const rules = options.updateRules ?? { updatingMs: 0 };
  const updates = makeTableUpdates({ upstream, tables, clock, rules });
  const gate = makeGate({
    upstream,
    tables,
    meters,
    faults,
    stale,
    updates,
    authorise: options.authorise,
    clock,
    sleep,
  });
  const control = makeControl({ tables, meters, faults, stale, updates, nowMs: clock.now });
  const isClosed = { value: false };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = request;
    if (!isThisMachine(headers.host)) return sendJson(response, 403, { message: 'The host is not this machine.' });
    const read = await readBody(request, bodyMaxBytes);
    if (read === undefined) return sendJson(response, 413, { message: `At most ${bodyMaxBytes} bytes.` });
    const body = read.toString('utf8');
    if (url.startsWith('/_gate/')) {
      const answer = await control(method, url, headers, body);
      return sendJson(response, answer.status, answer.body);
    }
    const {
      status,
      body: answer,
      isLost,
    }: Answer = headers.origin === undefined
      ? await gate.answer({
          target: headerOf(headers['x-amz-target']),
          caller: callerOf(headers.authorization),
          body,
        })
      : accessDenied('a web page', 'any call', 'any table');
    if (isLost === true) return void request.socket.destroy();
    sendJson(response, status, answer);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // The client left in the middle of its own call: there is nobody to answer.
      if (request.errored !== null) return;
      console.error('The gate could not answer:', error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: 'The gate failed; its log says why.' });
    });
  });
  // Longer than any client keeps an idle socket, so that the client closes first and never meets a dead one.
  server.keepAliveTimeout = 120_000;
  const port = await listen(server, options.port);
  void followTables(tables, isClosed);
  return {
    port,
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      isClosed.value = true;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // Calls under way may end; sockets that clients merely keep open may not hold us up.
      await Promise.race([closed, sleep(closeMaxMs)]);
      server.closeAllConnections();
      await closed;
      upstream.close();
    },
  };
};

/** The name of the signing key: each function signs with its own name, tools as operator. */
const callerOf = (authorization: string | undefined): string | undefined =>
  /\bCredential=([^/,\s]+)\//.exec(authorization ?? '')?.[1];

const headerOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

const learnAgainMs = 500;
const refreshEveryMs = 30_000;

/**
 * Reads all tables: at the start, so that the meters list what nobody has used yet, and then now and then, for capacity
 * may be moved past the gate. Calls do not wait for it.
 */
const followTables = async (tables: Tables, isClosed: { readonly value: boolean }): Promise<void> => {
  while (!isClosed.value) {
    const pauseMs = await tables.learnAll().then(
      () => refreshEveryMs,
      (error: unknown) => {
        // The engine may start after the gate, and may be away at any time.
        if (!(error instanceof UpstreamFailed)) console.error('The tables could not be read:', error);
        return learnAgainMs;
      },
    );
    await sleep(pauseMs, undefined, { ref: false });
  }
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
};
