import { own } from '@penstock/domain/own';

/** The staff topics, and the resource whose lists and records each of them touches. */
const resourceOfTopic: Readonly<Record<string, string>> = {
  'staff/orders': 'orders',
  'staff/products': 'products',
  'staff/baskets': 'baskets',
  'staff/dead-letters': 'dead-letters',
};

export const staffTopics = Object.keys(resourceOfTopic);

export type LiveState = 'connecting' | 'live' | 'away';

/** What a frame asks the back office to do: refresh a resource, know that it is live, or nothing. */
export type LiveEffect =
  | { readonly kind: 'refresh'; readonly resource: string; readonly id?: string }
  | { readonly kind: 'subscribed' }
  | { readonly kind: 'none' };

/** Reads one frame of the socket. Whatever is not understood changes nothing: the lists still refresh by themselves. */
export const effectOf = (text: string): LiveEffect => {
  const frame = parse(text);
  if (frame?.type === 'subscribed') return { kind: 'subscribed' };
  const resource = own(resourceOfTopic, String(frame?.topic));
  if (resource === undefined) return { kind: 'none' };
  if (frame?.type === 'refetch') return { kind: 'refresh', resource };
  if (frame?.type === 'change') return { kind: 'refresh', resource, id: String(frame.id) };
  return { kind: 'none' };
};

const parse = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
