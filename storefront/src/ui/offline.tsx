import { State } from '#ui/state.tsx';

/** Nothing to show, as this device is offline: the question waits and is asked by itself. */
export const Offline = ({ what }: { readonly what: string }) => (
  <State drawing="offline">
    <h2>Offline</h2>
    <p>{what} could not be loaded. It comes by itself as soon as the connection is back.</p>
  </State>
);
