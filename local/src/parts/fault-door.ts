import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { makeFaults } from '#fault-wishes';
import type { socketFaultsSchema } from '#gateways/socket-faults';
import type { SocketGateway } from '#gateways/socket-gateway';
import { isControlCaller, readBody } from '#this-machine';

const bodyBytesMax = 16 * 1024;

type Answer = { readonly status: number; readonly body?: object };

/** The faults in force at the gateway; whoever draws its chances reads their seed. */
export type SocketFaultControl = ReturnType<typeof makeFaults<typeof socketFaultsSchema>>;

/** The gateway's own control calls, as the gates have them: PUT and DELETE /_gate/faults, GET /_gate/meters. */
export const startFaultDoor = (port: number, gateway: SocketGateway, faults: SocketFaultControl): Promise<Server> => {
  const tell = () => gateway.setFaults({ goneShare: faults.current.goneShare, limitShare: faults.current.limitShare });
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (!isControlCaller(request.headers))
      return { status: 403, body: { message: 'Control calls carry X-Penstock-Control: 1 and no Origin.' } };
    const call = `${request.method ?? ''} ${request.url ?? ''}`;
    if (call === 'GET /_gate/meters') return { status: 200, body: { connections: gateway.connections() } };
    if (call === 'DELETE /_gate/faults') {
      faults.clear();
      tell();
      return { status: 204 };
    }
    if (call !== 'PUT /_gate/faults') return { status: 404, body: { message: `There is no ${call}.` } };
    const body = await readBody(request, bodyBytesMax);
    const fault = faults.set(parse(body?.toString('utf8') ?? ''));
    if (fault !== undefined) return { status: 422, body: { message: fault } };
    tell();
    return { status: 204 };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body === undefined ? '' : JSON.stringify(body));
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

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
