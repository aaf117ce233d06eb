/** How long the start waits for an answer: a slow API is no reason to keep the office shut. */
const patienceMs = 5000;

/**
 * Why nobody can work from here; undefined when the API lets this address in, or fails otherwise. The functions refuse with
 * 403 and their reason; the gateway before them does so without CORS, which a page sees as no answer at all.
 */
export const networkRefusal = async (
  apiUrl: string,
  call: typeof fetch = fetch,
): Promise<'not-in-network' | 'no-answer' | undefined> => {
  try {
    const answer = await call(`${apiUrl}/operations`, { signal: AbortSignal.timeout(patienceMs) });
    if (answer.status !== 403) return undefined;
    return 'not-in-network';
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError' ? undefined : 'no-answer';
  }
};
