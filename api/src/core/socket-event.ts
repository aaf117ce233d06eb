import type { SocketCall } from '#core/socket-call';

type Texts = Readonly<Record<string, string | undefined>>;

/** What we read of API Gateway's WebSocket event. Headers and query come with $connect alone; `identity` always. */
export type SocketEvent = {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly connectedAt: number;
    readonly identity?: { readonly sourceIp?: string | null | undefined } | undefined;
  };
  readonly headers?: Texts | null | undefined;
  readonly queryStringParameters?: Texts | null | undefined;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean;
};

/** The event in our words. Header names come in any case; a binary message is read as text. */
export const readSocketEvent = ({
  requestContext,
  headers,
  queryStringParameters,
  ...event
}: SocketEvent): SocketCall => {
  const body = event.body ?? undefined;
  return {
    route: requestContext.routeKey,
    connectionId: requestContext.connectionId,
    connectedAtMs: requestContext.connectedAt,
    sourceIp: requestContext.identity?.sourceIp ?? '',
    audience: queryStringParameters?.audience,
    origin: Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'origin')?.[1],
    body: body !== undefined && event.isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body,
  };
};
