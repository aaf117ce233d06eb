/** Where the back office finds its API: /config.json of its own origin, written by whoever serves the site. */
export type Config = {
  readonly apiUrl: string;
  readonly socketUrl: string;
  readonly shopUrl: string;
  /** ISO 4217 code of the deployment. */
  readonly currency: string;
};

/** Reads the configuration; throws with a sentence when the site is served without one. */
export const loadConfig = async (): Promise<Config> => {
  const answer = await fetch('/config.json', { cache: 'no-store' });
  if (!answer.ok)
    throw new Error(
      `The site has no /config.json (${answer.status}). Serve it with the one-machine cloud or deploy it.`,
    );
  const { apiUrl, socketUrl, shopUrl, currency = 'GBP' } = (await answer.json()) as Partial<Config>;
  if (apiUrl === undefined || socketUrl === undefined) throw new Error('/config.json names no apiUrl or no socketUrl.');
  return { apiUrl, socketUrl, shopUrl: shopUrl ?? '/', currency };
};
