import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { own } from '@penstock/domain/own';
import { type Call, isGranted } from '@penstock/platform/grants';
import type { Topology } from '@penstock/platform/topology';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { callerOf } from '#aws-call';
import type { Outcome } from '#functions/instance';
import { makeSocketClient, type SocketClient } from '#gateways/socket-client';
import { isNoPage, isThisMachine, readBody } from '#this-machine';

/** API Gateway's limits: 128 KB a message, 32 KB a frame. */
const messageBytesMax = 128 * 1024;
const frameBytesMax = 32 * 1024;

type Connection = {
  readonly id: string;
  readonly socket: WebSocket;
  readonly client: SocketClient;
  readonly sourceIp: string;
  readonly connectedAtMs: number;
  lastActiveAtMs: number;
  readonly timers: Set<ReturnType<typeof setTimeout>>;
};

/** Who comes, before $connect has decided. */
type Arrival = Pick<Connection, 'id' | 'sourceIp' | 'connectedAtMs'>;

export type SocketFaults = { readonly goneShare: number; readonly limitShare: number };

export type SocketGatewayOptions = {
  readonly port: number;
  /** The @connections API listens apart, as on AWS it has its own address. */
  readonly managementPort: number;
  readonly topology: Pick<Topology, 'socket'> & Topology;
  readonly idleSeconds: number;
  readonly lifeSeconds: number;
  readonly invoke: (functionName: string, event: unknown) => Promise<Outcome>;
  readonly random: () => number;
  /** Connections at a time; one more is refused with 429. */
  readonly connectionsMax?: number;
};

export type SocketGateway = {
  readonly port: number;
  readonly managementPort: number;
  readonly connections: () => number;
  readonly setFaults: (faults: SocketFaults) => void;
  readonly close: () => Promise<void>;
};

/**
 * An API Gateway WebSocket API on this machine: $connect decides, messages go to the route that body.action names, what a
 * function returns reaches the socket where the route has a response, and `@connections` posts, asks and closes, for
 * callers that were granted it. Idle and life limits are API Gateway's (settings, so that tests use seconds).
 */
export const startSocketGateway = async (options: SocketGatewayOptions): Promise<SocketGateway> => {
  const { topology } = options;
  const connections = new Map<string, Connection>();
  const connectionsMax = options.connectionsMax ?? 5000;
  let opening = 0;
  let faults: SocketFaults = { goneShare: 0, limitShare: 0 };

  const eventOf = (routeKey: string, connection: Arrival, more: object): object => ({
    requestContext: {
      routeKey,
      eventType: routeKey === '$connect' ? 'CONNECT' : routeKey === '$disconnect' ? 'DISCONNECT' : 'MESSAGE',
      connectionId: connection.id,
      connectedAt: connection.connectedAtMs,
      requestTimeEpoch: Date.now(),
      requestId: randomBytes(9).toString('base64'),
      messageId: randomBytes(9).toString('base64'),
      stage: 'live',
      apiId: 'socket',
      domainName: `127.0.0.1:${options.managementPort}`,
      identity: { sourceIp: connection.sourceIp },
    },
    isBase64Encoded: false,
    ...more,
  });

  const invokeRoute = (routeKey: string, connection: Connection, more: object): Promise<Outcome | undefined> => {
    const route = own(topology.socket.routes, routeKey);
    return route === undefined
      ? Promise.resolve(undefined)
      : options.invoke(route.function, eventOf(routeKey, connection, more));
  };

  const onMessage = async (
    connection: Connection,
    client: SocketClient,
    data: RawData,
    isBinary: boolean,
  ): Promise<void> => {
    connection.lastActiveAtMs = Date.now();
    if (isBinary) return client.close(1003, 'Binary messages are not supported');
    const body = String(data);
    if (Buffer.byteLength(body) > frameBytesMax) return client.close(1009, 'Message too long');
    const action = actionOf(body);
    const isRoute = action !== undefined && Object.hasOwn(topology.socket.routes, action) && !action.startsWith('$');
    const routeKey = isRoute ? action : '$default';
    const outcome = await invokeRoute(routeKey, connection, { body });
    if (outcome === undefined) return;
    if (!outcome.ok) {
      client.deliver(JSON.stringify({ message: 'Internal server error', connectionId: connection.id }));
      return;
    }
    const answer = outcome.value as { body?: unknown } | null;
    const answers = own(topology.socket.routes, routeKey)?.answers === true;
    if (answers && typeof answer?.body === 'string' && answer.body !== '') client.deliver(answer.body);
  };

  const admit = (arrival: Arrival, socket: WebSocket): void => {
    const client = makeSocketClient(socket, (own) => (data, isBinary) => onMessage(connection, own, data, isBinary));
    const connection: Connection = { ...arrival, socket, client, lastActiveAtMs: Date.now(), timers: new Set() };
    connections.set(connection.id, connection);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      connections.delete(connection.id);
      for (const timer of connection.timers) clearTimeout(timer);
      // Best effort, as on AWS: rows also expire.
      invokeRoute('$disconnect', connection, {}).catch((error: unknown) =>
        console.error('A disconnect could not be told:', error),
      );
    });
    const life = setTimeout(() => client.close(1001, 'Going away'), options.lifeSeconds * 1000);
    const idle = setInterval(
      () => {
        if (Date.now() - connection.lastActiveAtMs > options.idleSeconds * 1000) client.close(1001, 'Going away');
      },
      Math.min(5000, options.idleSeconds * 250),
    );
    connection.timers.add(life).add(idle);
  };

  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageBytesMax });
  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    if (!isThisMachine(request.headers.host)) return refuse(stream, 403);
    if (connections.size + opening >= connectionsMax)
      return refuse(stream, 429, `This gateway holds ${connectionsMax} connections. Close some, or come back later.`);
    opening += 1;
    try {
      await open(request, stream, head);
    } finally {
      opening -= 1;
    }
  };
  const open = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    const connection: Arrival = {
      id: `${randomBytes(9).toString('base64')}=`,
      sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
      connectedAtMs: Date.now(),
    };
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [canonicalName(name), String(value)]),
    );
    const route = topology.socket.routes.$connect;
    if (route !== undefined) {
      const query = Object.fromEntries(url.searchParams);
      const event = eventOf('$connect', connection, {
        headers,
        ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
      });
      const outcome = await options.invoke(route.function, event);
      const status = outcome.ok ? Number((outcome.value as { statusCode?: number } | null)?.statusCode ?? 500) : 502;
      if (status >= 300) return refuse(stream, status);
    }
    sockets.handleUpgrade(request, stream, head, (socket) => admit(connection, socket));
  };

  const server = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'Upgrade Required' }));
  });
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    upgrade(request, stream, head).catch((error: unknown) => {
      console.error('A socket could not be opened:', error);
      refuse(stream, 502);
    });
  });

  const management = createServer((request, response) => {
    answerManagement(request, response, { topology, connections, faults, random: options.random }).catch(
      (error: unknown) => {
        console.error('A post could not be answered:', error);
        answer(response, 500, 'InternalServerError', 'The gateway failed.');
      },
    );
  });

  const port = await listen(server, options.port);
  const managementPort = await listen(management, options.managementPort);
  return {
    port,
    managementPort,
    connections: () => connections.size,
    setFaults: (value) => {
      faults = value;
    },
    close: async () => {
      for (const connection of connections.values()) connection.socket.terminate();
      server.closeAllConnections();
      management.closeAllConnections();
      await Promise.all([server, management].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
};

type ManagementDeps = {
  readonly topology: Topology;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly faults: SocketFaults;
  readonly random: () => number;
};

/** POST, GET and DELETE /@connections/{id}. */
const answerManagement = async (
  request: IncomingMessage,
  response: ServerResponse,
  deps: ManagementDeps,
): Promise<void> => {
  if (!isNoPage(request.headers)) return answer(response, 403, 'ForbiddenException', 'No web page may ask.');
  const body = await readBody(request, messageBytesMax);
  const call: Call = {
    caller: callerOf(request.headers.authorization),
    action: 'execute-api:ManageConnections',
    resource: 'socket',
  };
  if (!isGranted(deps.topology, call))
    return answer(response, 403, 'ForbiddenException', `${call.caller} may not ${call.action} on ${call.resource}`);
  const id = /\/@connections\/([^/?]+)/.exec(request.url ?? '')?.[1];
  if (id === undefined) return answer(response, 404, 'NotFoundException', 'Not found');
  if (deps.random() < deps.faults.limitShare) return answer(response, 429, 'LimitExceededException', 'Rate exceeded');
  const connection = deps.connections.get(decode(id));
  const goes = deps.random() < deps.faults.goneShare;
  // Who is told that a client is gone may forget it: so it has to be gone.
  if (goes) connection?.socket.terminate();
  if (goes || connection === undefined || connection.socket.readyState !== 1)
    return answer(response, 410, 'GoneException', '');
  if (request.method === 'DELETE') {
    connection.client.close(1000, 'Closed by the service');
    return answer(response, 204);
  }
  if (request.method === 'GET') {
    const { connectedAtMs, lastActiveAtMs, sourceIp } = connection;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        connectedAt: new Date(connectedAtMs),
        lastActiveAt: new Date(lastActiveAtMs),
        identity: { sourceIp },
      }),
    );
    return;
  }
  if (request.method !== 'POST') return answer(response, 405, 'MethodNotAllowed', 'Method not allowed');
  if (body === undefined) return answer(response, 413, 'PayloadTooLargeException', 'Message too long');
  connection.lastActiveAtMs = Date.now();
  // A client that reads nothing is as good as gone, and is cut off.
  if (!connection.client.deliver(body.toString('utf8'))) return answer(response, 410, 'GoneException', '');
  answer(response, 200);
};

/** What cannot be decoded names no connection. */
const decode = (id: string): string => {
  try {
    return decodeURIComponent(id);
  } catch {
    return '';
  }
};

const answer = (response: ServerResponse, status: number, errorType?: string, message?: string): void => {
  if (response.headersSent) return;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
  });
  response.end(errorType === undefined ? '' : JSON.stringify({ message, connectionId: undefined }));
};

const refuse = (stream: Duplex, status: number, message = ''): void => {
  const body = message === '' ? '' : JSON.stringify({ message });
  const head = `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  stream.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
};

const actionOf = (body: string): string | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    const action = typeof value === 'object' && value !== null ? (value as { action?: unknown }).action : undefined;
    return typeof action === 'string' ? action : undefined;
  } catch {
    return undefined;
  }
};

/** API Gateway hands $connect headers over in canonical case. */
const canonicalName = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_match, dash: string, letter: string) => dash + letter.toUpperCase());

const listen = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
