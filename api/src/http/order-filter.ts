import { readOrderNumber } from '@penstock/domain/ids';
import type { OrderItem } from '@penstock/domain/items';
import { type StoredStatus, storedStatuses } from '@penstock/domain/order-states';
import * as z from 'zod';
import { emailKey } from '#http/email-key';
import { idsOfFilter, noSuchIndex } from '#http/list-answer';
import { fieldProblem } from '#http/problem-error';

/** What a list of orders is filtered by; all of it at once. */
export type OrderFilter = {
  readonly ids?: readonly string[] | undefined;
  readonly number?: string | undefined;
  /** As the index by e-mail compares addresses. */
  readonly email?: string | undefined;
  readonly statuses?: readonly StoredStatus[] | undefined;
  readonly fromTime?: string | undefined;
  readonly toTime?: string | undefined;
};

/** What the order list can be filtered and sorted by, for the sentence of no-such-index. */
export const orderListsServed =
  'Filter by status (one or several), placedAt_gte, placedAt_lte, number (whole), email (whole) or id, or by several of them; sort by placedAt. Orders beyond the 10,000th are reached by placedAt_lte.';

/** The filter of GET /orders; 422 for what no index serves, 400 for what cannot be read. */
export const readOrderFilter = (filter: Readonly<Record<string, unknown>>): OrderFilter => {
  const { status, number, email, placedAt_gte: from, placedAt_lte: to, id: _id, ...unknown } = filter;
  const stranger = Object.keys(unknown)[0];
  if (stranger !== undefined) throw noSuchIndex(`The filter ${stranger}`, orderListsServed);
  return {
    ids: idsOfFilter(filter),
    number: number === undefined ? undefined : orderNumberFrom(number),
    email: email === undefined ? undefined : emailKey(String(email)),
    statuses: status === undefined ? undefined : statusesOf(status),
    ...timesOf(from, to),
  };
};

/** Whether the index of the number or the address leaves something to be picked from the rows. */
export const isPicked = ({ number, email, statuses, fromTime, toTime }: OrderFilter): boolean =>
  number !== undefined
    ? [email, statuses, fromTime, toTime].some((each) => each !== undefined)
    : email !== undefined && statuses !== undefined;

/** Whether a row is what all of the filter asks for. */
export const matchesOrder = (row: OrderItem, { number, email, statuses, fromTime, toTime }: OrderFilter): boolean =>
  (number === undefined || row.number === number) &&
  (email === undefined || emailKey(row.contact.email) === email) &&
  (statuses?.includes(row.status) ?? true) &&
  (fromTime === undefined || row.placedAt >= fromTime) &&
  // A day as the end holds all of its times, as in the index.
  (toTime === undefined || row.placedAt <= `${toTime}~`);

const statusesOf = (status: unknown): readonly StoredStatus[] | undefined => {
  const wanted = [...new Set(Array.isArray(status) ? status : [status])].filter((each) => each !== '');
  const stranger = wanted.find((each) => !isStored(each));
  if (stranger !== undefined)
    throw noSuchIndex(
      `The status ${String(stranger)}`,
      `An order is stored as ${storedStatuses.join(', ')}. ${orderListsServed}`,
    );
  return wanted.length === 0 ? undefined : wanted.filter(isStored);
};

const isStored = (status: unknown): status is StoredStatus => (storedStatuses as readonly unknown[]).includes(status);

const orderNumberFrom = (value: unknown): string => {
  const text = String(value);
  const number = readOrderNumber(text);
  if (number !== undefined) return number;
  if (/^[0-9a-z\s-]{1,10}$/i.test(text))
    throw noSuchIndex('A part of an order number', `Give all ten characters, such as 01HV3-K9ZQ7. ${orderListsServed}`);
  throw fieldProblem(
    '/filter/number',
    'An order number reads like 01HV3-K9ZQ7.',
    'Give its ten letters and digits.',
    'parameter-invalid',
  );
};

/** A day, all of it, or a time; keys hold times in UTC with milliseconds, and compare as texts. */
const timeFilterSchema = z.union([
  z.iso.date(),
  z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString()),
]);

const timesOf = (from: unknown, to: unknown): Pick<OrderFilter, 'fromTime' | 'toTime'> => {
  const fromTime = timeOf('placedAt_gte', from);
  const toTime = timeOf('placedAt_lte', to);
  // The table refuses such a range as a fault. A day as the end holds all of its times.
  if (fromTime !== undefined && toTime !== undefined && fromTime > `${toTime}~`)
    throw fieldProblem(
      '/filter/placedAt_lte',
      'This is before placedAt_gte.',
      'Give a later time, or an earlier placedAt_gte.',
      'parameter-invalid',
    );
  return { fromTime, toTime };
};

const timeOf = (name: string, value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  const parsed = timeFilterSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw fieldProblem(
    `/filter/${name}`,
    'This is no date or time.',
    'Give an ISO 8601 date or time such as 2025-11-23 or 2025-11-23T10:00:00Z.',
    'parameter-invalid',
  );
};
