import { createHash, timingSafeEqual } from 'node:crypto';
import { staffNameSchema } from '@penstock/domain/staff';
import { isInNetworks } from '@penstock/platform/networks';
import type { Secrets } from '@penstock/platform/secrets';
import type { Settings } from '@penstock/platform/settings';
import type { SwitchReader } from '@penstock/platform/switches';
import * as z from 'zod';
import { readStaffName } from '#core/staff-name';
import type { Guard } from '#http/api';
import type { ApiCall } from '#http/api-call';
import { isJson } from '#http/body';
import { ProblemError } from '#http/problem-error';

const originSecretSchema = z.object({ current: z.string().min(1), next: z.string().min(1).optional() });

/** The shop API answers to its own distribution alone: the origin secret, current or next (facts E1). */
export const requireOriginSecret =
  (secrets: Secrets): Guard =>
  async (call) => {
    const { current, next } = originSecretSchema.parse(JSON.parse(await secrets.read('origin-secret')));
    const given = call.headers['x-origin-secret'] ?? '';
    const isCurrent = isSameSecret(given, current);
    if (!isCurrent && (next === undefined || !isSameSecret(given, next)))
      throw new ProblemError('network-not-allowed', { detail: 'Call the shop by its own address.' });
  };

/** Compares without telling by its time how much of a guess was right. */
const isSameSecret = (left: string, right: string): boolean => timingSafeEqual(digestOf(left), digestOf(right));
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

type StaffSettings = Pick<Settings, 'staffNetworks' | 'adminOrigins'>;

/** Everything of staff's: from a staff network alone. The address is the gateway's, never a header's. */
export const requireStaffNetwork =
  ({ staffNetworks }: StaffSettings): Guard =>
  (call) => {
    if (!isInNetworks(call.sourceIp, staffNetworks))
      throw new ProblemError('network-not-allowed', { detail: 'This address is not in a staff network.' });
  };

/** Writes of staff: a page of the back office or a tool without an Origin, JSON, and a name (contract, section 2). */
export const requireStaffWrite =
  ({ adminOrigins }: StaffSettings): Guard =>
  (call) => {
    if (call.method === 'GET') return;
    const { origin } = call.headers;
    if (origin !== undefined && !adminOrigins.includes(origin))
      throw new ProblemError('origin-not-allowed', {
        detail: 'Writes come from the back office, or from a tool that sends no Origin.',
      });
    // Without a body there is nothing that a form of a foreign page could send.
    if (call.method !== 'DELETE' && call.bodyText !== '' && !isJson(call))
      throw new ProblemError('media-type-unsupported');
    const name = staffNameSchema.safeParse(readStaffName(call.headers['x-staff-name'] ?? ''));
    if (!name.success)
      throw new ProblemError('staff-name-missing', {
        detail: `Send the header X-Staff-Name. ${name.error.issues[0]?.message ?? ''}`,
      });
  };

/** A switched-off back office only looks; the levers of operations stay, or nobody could switch it on again. */
export const refuseWhileReadOnly =
  (switches: Pick<SwitchReader, 'read'>): Guard =>
  async (call) => {
    if (call.method === 'GET' || call.route.split(' ')[1]?.startsWith('/operations') === true) return;
    if (!(await switches.read()).adminReadOnly) return;
    throw new ProblemError('admin-read-only', {
      detail: 'The back office is read-only at the moment: nothing was changed.',
      retryAfterSeconds: 30,
    });
  };

/** The self-given name of whoever writes; requireStaffWrite has looked at it. */
export const staffNameOf = (call: ApiCall): string =>
  staffNameSchema.parse(readStaffName(call.headers['x-staff-name'] ?? ''));

/** CORS of the back office's own origins; others get nothing to read. */
export const staffCors =
  ({ adminOrigins }: StaffSettings) =>
  (call: ApiCall): Readonly<Record<string, string>> => {
    const { origin } = call.headers;
    if (origin === undefined || !adminOrigins.includes(origin)) return { vary: 'Origin' };
    return {
      vary: 'Origin',
      'access-control-allow-origin': origin,
      'access-control-expose-headers':
        'Content-Range, X-Total-Count, X-Total-Capped, X-Correlation-Id, X-Server-Time, ETag, Location, Retry-After',
    };
  };

/** The id under which a repeat of this write is the same success: the caller's, or a new one. */
export const editIdOf = (call: ApiCall, mintId: () => string): string => {
  const given = call.headers['idempotency-key'];
  if (given === undefined) return mintId();
  if (!/^[\x21-\x7e]{1,128}$/.test(given)) throw new ProblemError('idempotency-key-invalid');
  return given;
};
