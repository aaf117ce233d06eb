import { createServer, type Server } from 'node:http';
import type { makeFaults } from '#fault-wishes';
import type { socketFaultsSchema } from '#gateways/socket-faults';
import type { SocketGateway } from '#gateways/socket-gateway';

/** The faults in force at the gateway; whoever draws its chances reads their seed. */
export type SocketFaultControl = ReturnType<typeof makeFaults<typeof socketFaultsSchema>>;

/** The gateway's own control calls, as the gates have them: PUT and DELETE /_gate/faults, GET /_gate/meters. */
export const startFaultDoor = (port: number, gateway: SocketGateway, faults: SocketFaultControl): Promise<Server> => {
  const tell = () => gateway.setFaults({ goneShare: faults.current.goneShare, limitShare: faults.current.limitShare });
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
        faults.clear();
        tell();
        return reply(204);
      }
      if (call !== 'PUT /_gate/faults') return reply(404, { message: `There is no ${call}.` });
      const fault = faults.set(parse(Buffer.concat(chunks).toString('utf8')));
      if (fault !== undefined) return reply(422, { message: fault });
      tell();
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
