import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Random } from '@penstock/domain/clock';
import type { SocketMessage, SubscribedFrame } from '@penstock/domain/frames';
import { messageSchemaNumber } from '@penstock/domain/messages';
import { operationsTopic } from '@penstock/domain/watch';
import type { ConnectionStore } from '@penstock/platform/connection-store';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { WatchQueue } from '@penstock/platform/watch-queue';
import { makeNowAndThen } from '#core/said-now-and-then';
import { admitSocket, type SocketRules } from '#core/socket-admission';
import type { SocketCall } from '#core/socket-call';
import { problemFrame, readSocketMessage, type SocketFault } from '#core/socket-message';
import { dropTopics, type TopicChoice, takeTopics } from '#core/socket-topics';

export type SocketDeps = {
  readonly connections: Pick<ConnectionStore, 'open' | 'find' | 'setTopics' | 'close'>;
  /** Wakes the worker of topic staff/operations. */
  readonly watches: WatchQueue;
  readonly rules: SocketRules;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly mintId: () => string;
  readonly sleep?: (delayMs: number) => Promise<unknown>;
};

/** `body` reaches the client only by the gateway's route response; $connect and $disconnect have none. */
export type SocketAnswer = { readonly statusCode: number; readonly body?: string };

const triesMax = 6;
/** A client may send as much nonsense as it likes: the log gets one line of a connection and minute, with their number. */
const sayRefusedEveryMs = 60_000;

/**
 * One call from the gateway: opens, closes or answers a message. What a client sends wrong is answered by a `problem`
 * frame, a fault of ours by one too; only $connect answers by status, because nobody listens yet.
 */
export const makeSocketRoute = (deps: SocketDeps) => {
  const nowAndThen = makeNowAndThen(deps.clock.now, sayRefusedEveryMs);
  return async (call: SocketCall): Promise<SocketAnswer> => {
    const correlationId = deps.mintId();
    const { connectionId, route } = call;
    try {
      if (route === '$connect') return await connect(deps, call, correlationId);
      if (route === '$disconnect') {
        await deps.connections.close(connectionId);
        return { statusCode: 200 };
      }
      const read = readSocketMessage(call.body);
      if (read.ok) return frame(await answer(deps, call, read.message, correlationId));
      nowAndThen(connectionId, (quiet) =>
        deps.logger.info('socket-message-refused', {
          correlationId,
          connectionId,
          code: read.fault.code,
          count: quiet + 1,
        }),
      );
      return frame(problemFrame(read.fault, correlationId));
    } catch (error) {
      deps.logger.error('socket-call-failed', { correlationId, connectionId, route, ...errorFields(error) });
      if (route === '$connect' || route === '$disconnect') return { statusCode: 500 };
      return frame(problemFrame({ code: 'internal' }, correlationId));
    }
  };
};

const connect = async (deps: SocketDeps, call: SocketCall, correlationId: string): Promise<SocketAnswer> => {
  const { connectionId } = call;
  const admission = admitSocket(call, deps.rules);
  if (!admission.ok) {
    deps.logger.warn('socket-refused', { correlationId, connectionId, code: admission.code, status: admission.status });
    return { statusCode: admission.status };
  }
  const connectedAt = new Date(call.connectedAtMs).toISOString();
  await deps.connections.open({ connectionId, audience: admission.audience, connectedAt });
  deps.logger.info('socket-opened', { correlationId, connectionId, reason: admission.audience });
  return { statusCode: 200 };
};

const answer = async (deps: SocketDeps, call: SocketCall, message: SocketMessage, correlationId: string) => {
  if (message.action === 'ping') return { type: 'pong' as const, at: new Date(deps.clock.now()).toISOString() };
  const choice = await choose(deps, call.connectionId, message);
  if (!('held' in choice)) return problemFrame(choice, correlationId);
  // After the subscription is stored: the worker looks who listens. A repeat wakes it again.
  if (message.action === 'subscribe' && choice.taken.includes(operationsTopic))
    await deps.watches.wake({
      schema: messageSchemaNumber,
      kind: 'watch-operations',
      correlationId,
      sentAtMs: deps.clock.now(),
    });
  deps.logger.info('socket-topics', {
    correlationId,
    connectionId: call.connectionId,
    outcome: message.action,
    count: choice.taken.length,
    failed: choice.refused.length,
  });
  return { type: 'subscribed', topics: [...choice.taken], refused: [...choice.refused] } satisfies SubscribedFrame;
};

/**
 * Decides on the connection's own row as stored and writes on condition that it still is: messages of one client run
 * in parallel, and an acknowledged topic must not be lost to another message.
 */
const choose = async (
  { connections, random, sleep = wait }: SocketDeps,
  connectionId: string,
  message: Extract<SocketMessage, { topics: unknown }>,
): Promise<TopicChoice | SocketFault> => {
  for (let tries = 1; tries <= triesMax; tries += 1) {
    const connection = await connections.find(connectionId);
    if (connection === undefined)
      return { code: 'record-not-found', detail: 'This connection is not known any more. Open a new one.' };
    const choice =
      message.action === 'subscribe'
        ? takeTopics(connection.topics, message.topics, connection.audience)
        : dropTopics(connection.topics, message.topics);
    if (choice.held.length === connection.topics.length) return choice;
    if ((await connections.setTopics(connection, choice.held)) === 'done') return choice;
    await sleep(random() * 20 * 2 ** tries);
  }
  return { code: 'store-busy', detail: 'Too many messages of this connection at once. Send this one again.' };
};

const frame = (content: object): SocketAnswer => ({ statusCode: 200, body: JSON.stringify(content) });
