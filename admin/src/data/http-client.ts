import { fetchUtils, HttpError } from 'react-admin';
import { type Act, makeActs } from '#data/acts.ts';
import { wordsForPeople } from '#data/passing-fault.ts';
import { readStaffName } from '#staff-name/staff-name.ts';

const act = makeActs();

/**
 * The one way to the admin API: writes carry the name of the person and the id of their act, under which a repeat is the
 * same success (contract, section 2). Who sends the same body twice on purpose, as uploads do, brings an id.
 */
export const httpClient: typeof fetchUtils.fetchJson = (url, options = {}) => {
  const headers = new Headers(options.headers);
  const send = () => fetchUtils.fetchJson(url, { ...options, headers }).catch(inWords);
  if (options.method === undefined || options.method === 'GET') return send();
  headers.set('X-Staff-Name', encodeName(readStaffName()));
  if (headers.has('Idempotency-Key')) return send();
  return act(actOf(options.method, url, String(options.body ?? '')), (key) => {
    headers.set('Idempotency-Key', key);
    return send();
  });
};

/** A POST makes something new or names its records in its body: only the same body is about the same thing. */
const actOf = (method: string, url: string, body: string): Act => ({
  about: method === 'POST' ? `${url} ${body}` : url,
  asks: `${method} ${body}`,
});

/** Header values are Latin-1: other letters travel percent-encoded. */
const encodeName = (name: string): string => (/^[\x20-\x24\x26-\x7e]*$/.test(name) ? name : encodeURIComponent(name));

/** What a browser says of a call without an answer helps nobody ("Failed to fetch"), nor what a tool should send. */
const inWords = (fault: unknown): never => {
  if (fault instanceof HttpError) fault.message = wordsForPeople(fault.message);
  if (!(fault instanceof TypeError)) throw fault;
  throw new Error('No answer came: the line is away, or this address is not in a staff network.', { cause: fault });
};
