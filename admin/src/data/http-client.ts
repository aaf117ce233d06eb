import { fetchUtils } from 'react-admin';
import { readStaffName } from '#staff-name/staff-name-form.tsx';

/**
 * The one way to the admin API: writes carry the name of the person and an id of their own, under which a repeat is the
 * same success (contract, section 2).
 */
export const httpClient: typeof fetchUtils.fetchJson = (url, options = {}) => {
  const headers = new Headers(options.headers);
  if (options.method !== undefined && options.method !== 'GET') {
    headers.set('X-Staff-Name', encodeName(readStaffName()));
    headers.set('Idempotency-Key', crypto.randomUUID());
  }
  return fetchUtils.fetchJson(url, { ...options, headers });
};

/** Header values are Latin-1: other letters travel percent-encoded. */
const encodeName = (name: string): string => (/^[\x20-\x7e]*$/.test(name) ? name : encodeURIComponent(name));
