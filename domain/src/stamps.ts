import { limits } from '#limits';

/**
 * A stamp orders the edits of one basket line over all devices (C2): wall clock in server milliseconds, a counter for
 * edits within one millisecond, and the device (one per browser tab). It is never altered after it was made (C3).
 */
export type Stamp = { readonly wallMs: number; readonly counter: number; readonly device: string };

/** The worker's own removals after an order carry the line's stamp with this suffix: just above it, below any later edit (C9). */
export const orderDeviceSuffix = '~order';

/** Total order of stamps: wallMs, counter, device (by code unit). Negative when `left` is the older. */
export const compareStamps = (left: Stamp, right: Stamp): number =>
  left.wallMs - right.wallMs || left.counter - right.counter || compareText(left.device, right.device);

/** The later of two stamps, when both or either exist. */
export const latestStamp = (left: Stamp | undefined, right: Stamp | undefined): Stamp | undefined => {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return compareStamps(left, right) >= 0 ? left : right;
};

/** One text per stamp, as rows and deduplication ids hold it: `1763870000000.0.device12`. */
export const packStamp = (stamp: Stamp): string => `${stamp.wallMs}.${stamp.counter}.${stamp.device}`;

/** Reads what packStamp wrote; undefined when the text is not one. */
export const unpackStamp = (text: string): Stamp | undefined => {
  const match = /^(\d{1,16})\.(\d{1,10})\.([A-Za-z0-9_-]{1,32}(?:~order)?)$/.exec(text);
  if (match === null) return undefined;
  const [, wallMs, counter, device] = match;
  return { wallMs: Number(wallMs), counter: Number(counter), device: device ?? '' };
};

/** The stamp under which the worker removes an ordered line (C9). */
export const orderStamp = (stamp: Stamp): Stamp => ({ ...stamp, device: `${stamp.device}${orderDeviceSuffix}` });

/**
 * The next stamp of a device: its clock at server time, and above every stamp it has seen (C3).
 * `nowMs` is the device's clock corrected by the offset to the server.
 */
export const nextStamp = (seen: Stamp | undefined, nowMs: number, device: string): Stamp => {
  const wallMs = Math.floor(nowMs);
  if (seen === undefined || seen.wallMs < wallMs || isFarAhead(seen, nowMs)) return { wallMs, counter: 0, device };
  if (seen.counter >= limits.stampCounterMax) return { wallMs: seen.wallMs + 1, counter: 0, device };
  return { wallMs: seen.wallMs, counter: seen.counter + 1, device };
};

/**
 * Whether nobody can have accepted this stamp by now: it was stored by a release that did not look (C3). It is set aside
 * at the next fold, so a device neither has to go above it nor could.
 */
export const isFarAhead = ({ wallMs }: Pick<Stamp, 'wallMs'>, nowMs: number): boolean =>
  wallMs > nowMs + limits.stampNeverAheadMs;

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
