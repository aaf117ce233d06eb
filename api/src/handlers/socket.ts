import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { composeSocket } from '#compose-socket';
import { readSocketEvent, type SocketEvent } from '#core/socket-event';

const answerSocket = composeSocket(process.env);

/** Every route of the socket: $connect, $disconnect, subscribe, unsubscribe, ping and $default. */
export const handler = async (event: SocketEvent): Promise<APIGatewayProxyStructuredResultV2> =>
  answerSocket(readSocketEvent(event));
