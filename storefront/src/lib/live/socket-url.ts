import { waitOrOnline } from '#lib/net/backoff.ts';

const tryAgainAfterMs = 3000;

/** The socket's address out of /config.json, which the shop's own site answers: asked until it is known, then kept. */
export const makeSocketUrl = (): (() => Promise<string>) => {
  let known: Promise<string> | undefined;
  return () => {
    known ??= askUntilKnown();
    return known;
  };
};

const askUntilKnown = async (): Promise<string> => {
  for (;;) {
    const url = await ask();
    if (url !== undefined) return url;
    await waitOrOnline(tryAgainAfterMs);
  }
};

const ask = async (): Promise<string | undefined> => {
  try {
    const response = await fetch('/config.json');
    const config: unknown = response.ok ? await response.json() : undefined;
    const isConfig = typeof config === 'object' && config !== null && 'socketUrl' in config;
    return isConfig && typeof config.socketUrl === 'string' ? config.socketUrl : undefined;
  } catch (error) {
    console.warn('/config.json could not be read.', error);
    return undefined;
  }
};
