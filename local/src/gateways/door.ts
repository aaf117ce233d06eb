import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gatewayProblem } from '#gateways/gateway-problem';
import { gatewayReply, headersTooLarge, sendReply } from '#gateways/http-call';

/**
 * Node's own limit lies far over a gateway's (10,240 bytes), so that a call over that is still read and gets its problem.
 * What is longer than this is not read at all.
 */
const headerBytesRead = 256 * 1024;
/** A call that takes longer to arrive than API Gateway gives any call is given up. */
const arriveMaxMs = 30_000;
const headersMaxMs = 10_000;

/** Listens on 127.0.0.1; a fault while answering is a bare 502, as a gateway gives it. */
export const listenOn = (
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  times: { readonly arriveMaxMs?: number; readonly checkEveryMs?: number } = {},
): Promise<Server> => {
  const server = createServer(
    {
      maxHeaderSize: headerBytesRead,
      requestTimeout: times.arriveMaxMs ?? arriveMaxMs,
      headersTimeout: Math.min(headersMaxMs, times.arriveMaxMs ?? arriveMaxMs),
      connectionsCheckingInterval: times.checkEveryMs ?? 5000,
    },
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        if (request.errored !== null) return;
        console.error('A call could not be answered:', error);
        sendReply(response, gatewayReply(502, 'Bad Gateway'));
      });
    },
  );
  // Longer than clients keep an idle socket, so that they close first.
  server.keepAliveTimeout = 75_000;
  server.on('clientError', refuseUnread);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(server);
    });
  });
};

/** What could not be read as a call is answered all the same, with what is known of it, and hung up on. */
const refuseUnread = (error: NodeJS.ErrnoException, socket: Socket | import('node:stream').Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, headers, body } = replyOfError(error.code);
  const text = String(body);
  const lines = Object.entries({
    ...headers,
    'x-content-type-options': 'nosniff',
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${String(value)}`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${text}`);
};

const replyOfError = (code: string | undefined) => {
  const unknown = { path: '/', correlationId: undefined };
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge(unknown);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return gatewayReply(408, 'The call did not arrive in time. Send it whole, within 30 s.');
  return gatewayProblem('parameter-invalid', unknown, 'This is no HTTP call that can be read.');
};
