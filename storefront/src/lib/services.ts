import type { SetLineOp } from '@penstock/domain/basket-fold';
import type { Clock } from '@penstock/domain/clock';
import { createContext, useContext } from 'react';
import type { LazyEngine } from '#lib/lazy-engine.ts';
import type { Live } from '#lib/live/live.ts';
import type { Http } from '#lib/net/http.ts';

/** Hears of a basket op that the server will never take; it is out of the basket again. */
export type TurnedDownListener = (op: SetLineOp, error: Error) => void;

/** The collaborators of the pages, made once in app/compose.ts. */
export type Services = LazyEngine & {
  readonly http: Http;
  readonly live: Live;
  /** Server time. */
  readonly clock: Clock;
  readonly onTurnedDown: (listener: TurnedDownListener) => () => void;
};

const ServicesContext = createContext<Services | undefined>(undefined);
export const ServicesProvider = ServicesContext.Provider;

export const useServices = (): Services => {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new TypeError('This component stands outside of ServicesProvider.');
  return services;
};
