import { createServer, type Server } from 'node:http';
import * as z from 'zod';
import type { SocketGateway } from '#gateways/socket-gateway';

const share = z.number().min(0).max(1);
const faultsSchema = z.strictObject({ goneShare: share.default(0), limitShare: share.default(0) });

/** The gateway's own control calls, as the gates have them: PUT and DELETE /_gate/faults, GET /_gate/meters. */
export const startFaultDoor = (port: number, gateway: SocketGateway): Promise<Server> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = (status: number, body?: object) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body === undefined ? '' : JSON.stringify(body));
      };
      if (request.headers.origin !== undefined || request.headers['x-penstock-control'] !== '1')
        return reply(403, { message: 'Control calls carry X-Penstock-Control: 1 and no Origin.' });
      const call = `${request.method ?? ''} ${request.url ?? ''}`;
      if (call === 'GET /_gate/meters') return reply(200, { connections: gateway.connections() });
      if (call === 'DELETE /_gate/faults') {
        gateway.setFaults({ goneShare: 0, limitShare: 0 });
        return reply(204);
      }
      if (call !== 'PUT /_gate/faults') return reply(404, { message: `There is no ${call}.` });
      const faults = faultsSchema.safeParse(parse(Buffer.concat(chunks).toString('utf8')));
      if (!faults.success) return reply(400, { message: z.prettifyError(faults.error) });
      gateway.setFaults(faults.data);
      reply(204);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
