import { setTimeout as wait } from 'node:timers/promises';
import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { Random } from '@penstock/domain/clock';

/** `gone`: nobody is connected under this id. `failed`: not delivered after every try; the caller closes the connection (H3). */
export type PushOutcome = 'ok' | 'gone' | 'failed';

/** Sends to sockets. Never throws: an outcome is always a value, so that a post cannot fail a batch (H5). */
export type SocketPush = {
  readonly post: (connectionId: string, frame: string) => Promise<PushOutcome>;
  /** Closes a connection, so that its client reconnects and asks anew. */
  readonly close: (connectionId: string) => Promise<PushOutcome>;
};

export type SocketPushDeps = {
  readonly api: Pick<ApiGatewayManagementApiClient, 'send'>;
  readonly random: Random;
  readonly sleep?: (delayMs: number) => Promise<unknown>;
  /** Waits until one more call may be made: each try takes a place in the budget of posts (H4). Unset: no budget. */
  readonly takePlace?: () => Promise<unknown>;
};

const attemptsMax = 3;

/** Posts through the gateway's @connections API. This is the retry layer: the client it is given tries once. */
export const makeGatewaySocketPush = ({ api, random, sleep = wait, takePlace }: SocketPushDeps): SocketPush => {
  const attempt = async (call: () => Promise<unknown>): Promise<PushOutcome> => {
    for (let tries = 1; ; tries += 1) {
      await takePlace?.();
      try {
        await call();
        return 'ok';
      } catch (error) {
        if (error instanceof GoneException) return 'gone';
        if (tries === attemptsMax || !isWorthRetrying(error)) return 'failed';
        await sleep(random() * 50 * 2 ** tries);
      }
    }
  };
  return {
    post: (connectionId, frame) =>
      attempt(() => api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(frame) }))),
    close: (connectionId) => attempt(() => api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))),
  };
};

/**
 * Rate limits, faults of the gateway and broken connections are tried again. A time-out is not: it has cost three
 * seconds already, and one slow client must not use up the time of everyone behind it. Nor is any other 4xx.
 */
const isWorthRetrying = (error: unknown): boolean => {
  if (!(error instanceof Error) || error.name === 'TimeoutError') return false;
  const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === undefined || status === 429 || status >= 500;
};
