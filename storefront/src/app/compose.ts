import { QueryClient } from '@tanstack/react-query';
import { ChunkError } from '#lib/chunk-error.ts';
import { makeLazyEngine } from '#lib/lazy-engine.ts';
import { makeLive } from '#lib/live/live.ts';
import { makePartySocket } from '#lib/live/party-socket.ts';
import { makeSocketUrl } from '#lib/live/socket-url.ts';
import { backoffMs } from '#lib/net/backoff.ts';
import { makeHttp } from '#lib/net/http.ts';
import { isPassing, retryAfterOf } from '#lib/net/problem.ts';
import { randomText } from '#lib/net/random.ts';
import { makeServerClock } from '#lib/net/server-clock.ts';
import type { Services, TurnedDownListener } from '#lib/services.ts';

/** Makes everything that outlives a page. */
export const compose = (): Services => {
  const device = { now: () => Date.now() };
  const { random } = Math;
  const clock = makeServerClock(device);
  const http = makeHttp({ fetch: (...args) => fetch(...args), device, clock });
  const live = makeLive({ openSocket: makePartySocket({ socketUrl: makeSocketUrl() }), random });
  const turnedDown = new Set<TurnedDownListener>();
  const engine = makeLazyEngine(async () => {
    const { makeEngine } = await loadEngine();
    return makeEngine({
      http,
      clock,
      device,
      tab: randomText(16),
      live,
      random,
      onTurnedDown: (op, error) => {
        for (const listener of turnedDown) listener(op, error);
      },
    });
  });
  engine.loaded.catch((error: unknown) => console.error('Basket and orders could not be loaded.', error));
  const onTurnedDown = (listener: TurnedDownListener) => {
    turnedDown.add(listener);
    return () => turnedDown.delete(listener);
  };
  return { ...engine, http, live, clock, onTurnedDown };
};

const loadEngine = () =>
  import('#lib/engine.ts').catch((cause: unknown) => {
    throw new ChunkError(cause);
  });

/** Reads are tried three times when waiting may help; changes have an outbox or say so themselves. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5000,
        retry: (failures, error) => failures < 3 && isPassing(error),
        retryDelay: (failures, error) => backoffMs(failures + 1, Math.random, retryAfterOf(error)),
      },
    },
  });
